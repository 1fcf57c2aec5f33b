from django.views.generic import DetailView, ListView

from dialogues.models import Dialogue, NewsItem, Quote


class NewsListView(ListView):
    """All news, the newest first."""

    queryset = NewsItem.objects.published().latest_first()
    paginate_by = 30


class NewsDetailView(DetailView):
    """A news item with the dialogues and the quotes that it is about, those that may be seen."""

    def get_queryset(self):
        return NewsItem.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            dialogues=Dialogue.objects.visible_to(user).filter(news=self.object).for_lists().latest_first(),
            quotes=Quote.objects.visible_to(user).filter(news_item=self.object).for_lists(),
            **kwargs,
        )
