from django.contrib import admin
from django.urls import path

from . import views
from .vocabulary_import import vocabulary

app_name = "intake"

urlpatterns = [
    path("press/", admin.site.admin_view(views.press), name="press"),
    path("vocabulary/", admin.site.admin_view(vocabulary), name="vocabulary"),
]
