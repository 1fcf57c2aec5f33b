from django.urls import path

from . import views

app_name = "contributions"

urlpatterns = [
    path("", views.ContributionListView.as_view(), name="list"),
    path("calls/<slug:number>/", views.CallDetailView.as_view(), name="call"),
    path("calls/<slug:number>/calendar.ics", views.CallCalendarView.as_view(), name="call-calendar"),
    path("new/", views.ContributionCreateView.as_view(), name="create"),
    path("invitation/<str:secret>/", views.InvitationView.as_view(), name="invitation"),
    path("participation/", views.ParticipationView.as_view(), name="participation"),
    path("participation.csv", views.ParticipationTableView.as_view(), name="participation-table"),
    path("terms/", views.TermsView.as_view(), name="terms"),
    path("check/", views.ReceiptCheckView.as_view(), name="check"),
    path("mine/", views.OwnContributionListView.as_view(), name="mine"),
    path("mine/<uuid:key>/", views.OwnContributionView.as_view(), name="draft"),
    path("mine/<uuid:key>/who/", views.WhoView.as_view(), name="who"),
    path("mine/<uuid:key>/answers/", views.AnswersView.as_view(), name="answers"),
    path("mine/<uuid:key>/files/", views.FilesView.as_view(), name="files"),
    path("mine/<uuid:key>/files/<int:number>/", views.DraftFileView.as_view(), name="draft-file"),
    path("mine/<uuid:key>/uploads/", views.DraftUploadCreateView.as_view(), name="uploads"),
    path("mine/<uuid:key>/uploads/<uuid:upload>/", views.DraftUploadView.as_view(), name="upload"),
    path("mine/<uuid:key>/appear/", views.AppearView.as_view(), name="appear"),
    path("mine/<uuid:key>/check/", views.SubmitView.as_view(), name="send"),
    path("mine/<uuid:key>/correct/", views.CorrectView.as_view(), name="correct"),
    path("mine/<uuid:key>/discard/", views.DiscardDraftView.as_view(), name="discard"),
    path("mine/<uuid:key>/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path("mine/<uuid:key>/receipt/", views.ReceiptView.as_view(), name="receipt"),
    path("mine/<uuid:key>/receipt/<int:number>/", views.ReceiptView.as_view(), name="receipt"),
    path("coverage/<slug:slug>/", views.CoverageView.as_view(), name="coverage"),
    path("coverage/preview/<str:secret>/", views.CoveragePreviewView.as_view(), name="coverage-preview"),
    path("<slug:reference>/", views.ContributionDetailView.as_view(), name="detail"),
    path("<slug:reference>/cite.<slug:form>", views.CitationFileView.as_view(), name="citation"),
    path("<slug:reference>/files/<int:number>/", views.AttachmentDetailView.as_view(), name="file"),
    path("<slug:reference>/files/<int:number>/download/", views.AttachmentFileView.as_view(), name="file-download"),
]
