from django.urls import path

from . import views

app_name = "publishing"

urlpatterns = [path("drafts/<slug:secret>/", views.PreviewView.as_view(), name="preview")]
