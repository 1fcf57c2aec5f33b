from django.urls import include, path

from . import views

app_name = "dialogues"

one_dialogue = [
    path("", views.DialogueDetailView.as_view(), name="detail"),
    path("panels/<int:number>/", views.PanelDetailView.as_view(), name="panel-detail"),
    path("quotes/", views.DialogueQuoteListView.as_view(), name="dialogue-quotes"),
    path("summary/", views.SummaryCurrentView.as_view(), name="summary"),
    path("summary/<slug:language>/v<int:version>/", views.SummaryDetailView.as_view(), name="summary-version"),
    path("summary/<slug:language>/v<int:version>/file/", views.SummaryFileView.as_view(), name="summary-file"),
    path("summary/<slug:language>/v<int:version>/pdf/", views.SummaryPdfView.as_view(), name="summary-pdf"),
    path("summary/<slug:language>/v<int:version>/approve/", views.SummaryApproveView.as_view(), name="summary-approve"),
    path(
        "summary/<slug:language>/v<int:version>/changes/",
        views.SummaryChangesView.as_view(),
        name="summary-changes",
    ),
    path(
        "summary/<slug:language>/v<int:version>/beside/<slug:other>/",
        views.SummaryBesideView.as_view(),
        name="summary-beside",
    ),
    path(
        "summary/<slug:language>/v<int:version>/cite.<slug:form>",
        views.SummaryCitationFileView.as_view(),
        name="summary-citation",
    ),
    path(
        "summary/<slug:language>/v<int:version>/<slug:anchor>/cite/",
        views.ParagraphCitationView.as_view(),
        name="paragraph-cite",
    ),
    path(
        "summary/<slug:language>/v<int:version>/<slug:anchor>/cite.<slug:form>",
        views.SummaryCitationFileView.as_view(),
        name="paragraph-citation",
    ),
    path("papers/<slug:number>/", views.PaperDetailView.as_view(), name="paper-detail"),
    path("papers/<slug:number>/download/", views.PaperFileView.as_view(), name="paper-file"),
    path("statements/<slug:number>/", views.StatementDetailView.as_view(), name="statement-detail"),
    path("statements/<slug:number>/download/", views.StatementFileView.as_view(), name="statement-file"),
    path(
        "statements/<int:number>/cite.<slug:form>",
        views.StatementCitationFileView.as_view(),
        name="statement-citation",
    ),
    path("photographs/<slug:number>/", views.PhotographDetailView.as_view(), name="photograph-detail"),
    path(
        "photographs/<slug:number>/<int:width>/",
        views.PhotographPictureView.as_view(),
        name="photograph-picture",
    ),
    path("awaited/<slug:kind>/tell/", views.DocumentAlertCreateView.as_view(), name="document-alert-create"),
    path(
        "awaited/<slug:kind>/<slug:language>/tell/",
        views.DocumentAlertCreateView.as_view(),
        name="document-alert-create",
    ),
    path("feed/", views.DialogueFeed(), name="feed"),
    path("calendar.ics", views.DialogueCalendarView.as_view(), name="calendar"),
    path("comments/", views.CommentCreateView.as_view(), name="comment-create"),
]

urlpatterns = [
    path("dialogues/", views.DialogueListView.as_view(), name="list"),
    path("dialogues/<slug:slug>/", include(one_dialogue)),
    path("series/<slug:slug>/years/", views.SeriesYearsView.as_view(), name="series-years"),
    path("awaited/", views.ExpectedDocumentListView.as_view(), name="awaited"),
    path("awaited/feed/", views.PublishedDocumentsFeed(), name="awaited-feed"),
    path("awaited/wishes/<uuid:key>/confirm/", views.DocumentAlertConfirmView.as_view(), name="document-alert-confirm"),
    path("awaited/wishes/<uuid:key>/leave/", views.DocumentAlertLeaveView.as_view(), name="document-alert-leave"),
    path("speakers/", views.SpeakerListView.as_view(), name="speaker-list"),
    path("speakers/<slug:slug>/", views.SpeakerDetailView.as_view(), name="speaker-detail"),
    path("speakers/<slug:slug>/portrait/<int:width>/", views.PortraitView.as_view(), name="portrait"),
    path("quotes/", views.QuoteListView.as_view(), name="quote-list"),
    path("quotes/<slug:number>/", views.QuoteDetailView.as_view(), name="quote-detail"),
    path("quotes/<int:number>/cite.<slug:form>", views.QuoteCitationFileView.as_view(), name="quote-citation"),
    path("recommendations/", views.RecommendationListView.as_view(), name="recommendations"),
    path("recommendations/feed/", views.RecommendationFeed(), name="recommendations-feed"),
    path("recommendations/table.csv", views.RecommendationTableView.as_view(), name="recommendations-table"),
    path("news/", views.NewsListView.as_view(), name="news-list"),
    path("news/<slug:slug>/", views.NewsDetailView.as_view(), name="news-detail"),
    path("topics/", views.TopicListView.as_view(), name="topic-list"),
    path("topics/<slug:slug>/", views.TopicDetailView.as_view(), name="topic-detail"),
    path("topics/<slug:slug>/years/", views.TopicYearsView.as_view(), name="topic-years"),
]
