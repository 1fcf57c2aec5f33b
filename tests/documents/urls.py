"""Views of an owning app, without access control."""

from django.contrib import admin
from django.http import HttpResponseForbidden
from django.shortcuts import get_object_or_404
from django.urls import path

from documents.file_responses import send_document, send_picture
from documents.models import Document, Picture


def file(request, pk):
    return send_document(request, get_object_or_404(Document, pk=pk), filename="statement")


def picture(request, pk, width):
    return send_picture(request, get_object_or_404(Picture, pk=pk), width, public=True)


def handler403(request, exception):
    return HttpResponseForbidden()  # the page of the site links to pages that are not here


urlpatterns = [
    path("file/<int:pk>/", file),
    path("picture/<int:pk>/<int:width>/", picture),
    path("admin/", admin.site.urls),
]
