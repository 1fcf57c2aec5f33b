from django.contrib import admin
from django.urls import path

from . import views

app_name = "intake"

urlpatterns = [
    path("press/", admin.site.admin_view(views.press), name="press"),
]
