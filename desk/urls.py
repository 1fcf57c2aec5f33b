from django.urls import path

from . import views

app_name = "desk"

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("search/", views.SearchView.as_view(), name="search"),
    path("dialogues/", views.DialogueListView.as_view(), name="dialogues"),
    path("dialogues/new/", views.new_dialogue, name="new-dialogue"),
    path("dialogues/<int:pk>/", views.OverviewView.as_view(), name="dialogue"),
    path("dialogues/<int:pk>/programme/", views.ProgrammePartView.as_view(), name="programme"),
    path("dialogues/<int:pk>/programme/move/", views.MoveView.as_view(), name="move"),
    path("dialogues/<int:pk>/summary/", views.SummaryPartView.as_view(), name="summary"),
    path("dialogues/<int:pk>/contributions/", views.ContributionsPartView.as_view(), name="contributions"),
    path("dialogues/<int:pk>/quotes/", views.QuotesPartView.as_view(), name="quotes"),
    path("dialogues/<int:pk>/documents/", views.DocumentsPartView.as_view(), name="documents"),
    path("dialogues/<int:pk>/comments/", views.CommentsPartView.as_view(), name="comments"),
    path("dialogues/<int:pk>/publication/", views.PublicationPartView.as_view(), name="publication"),
    path("dialogues/<int:pk>/next-edition/", views.NextEditionView.as_view(), name="next-edition"),
    path("review/", views.ReviewQueueView.as_view(), name="review"),
    path("review/publish/", views.ReviewPublishView.as_view(), name="review-publish"),
    path("review/<str:reference>/", views.ReviewPageView.as_view(), name="review-page"),
    path("review/<str:reference>/files/<int:number>/", views.ReviewFileView.as_view(), name="review-file"),
    path("review/<str:reference>/revisions/", views.ReviewRevisionsView.as_view(), name="review-revisions"),
    path("review/<str:reference>/signers/", views.ReviewSignersView.as_view(), name="review-signers"),
    path("more-time/<int:pk>/", views.ExtensionRequestView.as_view(), name="extension"),
    path("sources/<int:pk>/", views.SourcesView.as_view(), name="sources"),
    path("publish/", views.PublishView.as_view(), name="publish"),
    path("unpublish/", views.UnpublishView.as_view(), name="unpublish"),
    path("delete/", views.DeleteView.as_view(), name="delete"),
    path("undo/", views.UndoView.as_view(), name="undo"),
    path("summaries/<int:pk>/new-version/", views.NewVersionView.as_view(), name="new-version"),
    path("merge/<str:key>/", views.MergeView.as_view(), name="merge"),
    path("history/<str:key>/", views.HistoryView.as_view(), name="history"),
    path("share/<str:key>/", views.ShareView.as_view(), name="share"),
    path("preview/<str:key>/", views.PreviewView.as_view(), name="preview"),
    path("page/<str:key>/", views.PageView.as_view(), name="page"),
    path("names/<slug:kind>/", views.NamesView.as_view(), name="names"),
    path("add/<slug:kind>/", views.RecordAddView.as_view(), name="add"),
    path("<str:key>/", views.RecordEditView.as_view(), name="edit"),
]
