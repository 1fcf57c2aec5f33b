from django.urls import path

from . import views

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
    path("suggest/", views.suggest, name="suggest"),
    path("feed/", views.SearchFeed(), name="feed"),
    path("cite/", views.cite, name="cite"),
    path("results.csv", views.CsvView.as_view(), name="export-csv"),
    path("results.json", views.JsonView.as_view(), name="export-json"),
    path("texts.zip", views.TextsView.as_view(), name="export-texts"),
    path("alerts/new/", views.SearchAlertCreateView.as_view(), name="alert-create"),
    path("alerts/<uuid:key>/confirm/", views.SearchAlertConfirmView.as_view(), name="alert-confirm"),
    path("alerts/<uuid:key>/leave/", views.SearchAlertLeaveView.as_view(), name="alert-leave"),
]
