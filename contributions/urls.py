from django.urls import path

from . import views

app_name = "contributions"

urlpatterns = [
    path("", views.ContributionListView.as_view(), name="list"),
    path("new/", views.ContributionCreateView.as_view(), name="create"),
    path("mine/", views.MyContributionsView.as_view(), name="mine"),
    path("mine/<uuid:key>/", views.DraftUpdateView.as_view(), name="draft"),
    path("mine/<uuid:key>/discard/", views.DraftDiscardView.as_view(), name="discard"),
    path("mine/<uuid:key>/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path("mine/<uuid:key>/receipt/", views.ReceiptView.as_view(), name="receipt"),
    path("<slug:reference>/", views.ContributionDetailView.as_view(), name="detail"),
    path("<slug:reference>/files/<int:pk>/", views.AttachmentFileView.as_view(), name="file"),
]
