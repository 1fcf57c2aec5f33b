from django.urls import path

from . import views

app_name = "publishing"

urlpatterns = [path("drafts/<str:secret>/", views.PreviewView.as_view(), name="preview")]
