from django.contrib import admin
from django.urls import path

from .vocabulary_import import vocabulary

app_name = "intake"

urlpatterns = [
    path("vocabulary/", admin.site.admin_view(vocabulary), name="vocabulary"),
]
