"""Addresses of cards, without a language before them: a card is in the language of its record, on any page."""

from django.urls import path

from .views import cards

app_name = "cards"

urlpatterns = [
    path("dialogues/<slug:slug>.png", cards.DialogueCardView.as_view(), name="dialogue"),
    path("summaries/<slug:slug>/<slug:language>/v<int:version>.png", cards.SummaryCardView.as_view(), name="summary"),
    path("quotes/<int:pk>.png", cards.QuoteCardView.as_view(), name="quote"),
    path("site/<slug:language>.png", cards.SiteCardView.as_view(), name="site"),
]
