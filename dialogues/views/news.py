from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView

from publishing.pages import Head, ListPage, PublicPage, Records
from text.markup import strip_markdown
from text.words import shorten

from ..heads import news_article
from ..models import Dialogue, NewsItem, Quote

NEWS = ListPage.of("dialogues:news-list", _("News"), _("Press releases and reports on the dialogues."))


def news_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a news item's page."""
    item = context["newsitem"]
    article = news_article(item, context["dialogues"])
    return Head(
        item.localized.title.text, shorten(strip_markdown(item.localized.text.text)), [NEWS.step], [article], "article"
    )


class NewsListView(ListView):
    """All news, newest first."""

    public_page = NEWS

    queryset = NewsItem.objects.published().latest_first()
    paginate_by = 30


class NewsDetailView(DetailView):
    """A news item, with the dialogues and quotes from it that the reader may see."""

    public_page = PublicPage(news_head, Records("news", NewsItem.objects.published))

    def get_queryset(self) -> QuerySet:
        return NewsItem.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            dialogues=Dialogue.objects.visible_to(user).filter(news=self.object).for_lists().latest_first(),
            quotes=Quote.objects.visible_to(user).filter(news_item=self.object).for_lists(),
            **kwargs,
        )
