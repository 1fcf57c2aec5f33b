from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView

from dialogues import linked_data
from dialogues.models import Dialogue, NewsItem, Quote
from publishing.pages import Head, ListPage, PublicPage, Records, shorten
from text.markup import strip_markdown

NEWS = ListPage.of("dialogues:news-list", _("News"), _("Press releases and reports on the dialogues."))


def news_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a news item's page."""
    item = context["newsitem"]
    article = linked_data.news(item, context["dialogues"])
    return Head(item.title, shorten(strip_markdown(item.text)), [NEWS.step], [article], "article")


class NewsListView(ListView):
    """All news, the newest first."""

    public_page = NEWS

    queryset = NewsItem.objects.published().latest_first()
    paginate_by = 30


class NewsDetailView(DetailView):
    """A news item with the dialogues and the quotes that it is about, those that may be seen."""

    public_page = PublicPage(news_head, Records("news", NewsItem.objects.published))

    def get_queryset(self):
        return NewsItem.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            dialogues=Dialogue.objects.visible_to(user).filter(news=self.object).for_lists().latest_first(),
            quotes=Quote.objects.visible_to(user).filter(news_item=self.object).for_lists(),
            **kwargs,
        )
