"""The list of expected documents, and the feeds of documents that were published."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from publishing.pages import MACHINE_READ, ListPage
from text.lists import colon, in_brackets
from text.site_name import site_name

from ..forms import ExpectedDocumentFilterForm
from ..models import Dialogue, ExpectedDocument, Series
from ..status import (
    DOCUMENT_STATUSES,
    PublishedDocument,
    expected_documents_board,
    newest_documents,
)

FEED_LENGTH = 30
KINDS = dict(ExpectedDocument.KINDS)
LANGUAGES = dict(settings.CONTENT_LANGUAGES)


class ExpectedDocumentListView(ListView):
    """Dialogues with their expected documents and what was published; `?series=` (a slug) and `?state=` filter."""

    public_page = ListPage.of(
        "dialogues:awaited",
        gettext_lazy("Documents still to come"),
        gettext_lazy("The documents that dialogues announced: which are published and which are still to come."),
        ("series", "state", "page"),
    )

    template_name = "dialogues/expected_document_list.html"
    paginate_by = 20

    @cached_property
    def filters(self) -> dict[str, Any]:
        form = ExpectedDocumentFilterForm(self.request.GET)
        form.is_valid()
        return form.cleaned_data

    def get_queryset(self) -> Any:
        """Return (dialogue, statuses of its expected documents) as a list."""
        dialogues = Dialogue.objects.published()
        if self.filters.get("series"):
            dialogues = dialogues.filter(series__slug=self.filters["series"])
        state = self.filters.get("state")
        chosen = [
            (dialogue, [status for status in statuses if state in (None, "", status.status)])
            for dialogue, statuses in expected_documents_board(dialogues)
        ]
        return [(dialogue, statuses) for dialogue, statuses in chosen if statuses]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        all_series = list(Series.objects.published().by_name())
        chosen = next((series for series in all_series if series.slug == self.filters.get("series")), None)
        return super().get_context_data(
            series_list=all_series,
            series=chosen,
            states=DOCUMENT_STATUSES.items(),
            state=self.filters.get("state"),
            **kwargs,
        )


class PublishedDocumentsFeed(Feed):
    """The latest documents of all dialogues, as Atom."""

    public_page = MACHINE_READ

    feed_type = Atom1Feed

    def title(self, dialogue: Dialogue | None) -> str:
        return f"{_('Documents of dialogues')} – {site_name()}"

    def link(self, dialogue: Dialogue | None) -> str:
        return reverse("dialogues:awaited")

    def items(self, dialogue: Dialogue | None) -> list[tuple[Dialogue, PublishedDocument]]:
        return newest_documents(Dialogue.objects.published())[:FEED_LENGTH]

    def item_title(self, item: tuple[Dialogue, PublishedDocument]) -> str:
        dialogue, document = item
        kind = f"{KINDS[document.kind]}{in_brackets(LANGUAGES[document.language])}"
        return f"{kind}{colon()}{dialogue.localized.title.text}"

    def item_description(self, item: tuple[Dialogue, PublishedDocument]) -> str:
        return item[0].series.localized.name.text

    def item_link(self, item: tuple[Dialogue, PublishedDocument]) -> str:
        return item[1].url

    def item_pubdate(self, item: tuple[Dialogue, PublishedDocument]) -> datetime | None:
        return item[1].published_at

    item_updateddate = item_pubdate


class DialogueFeed(PublishedDocumentsFeed):
    """The latest documents of one dialogue, as Atom."""

    def get_object(self, request: HttpRequest, slug: str) -> Dialogue:
        return get_object_or_404(Dialogue.objects.published(), slug=slug)

    def title(self, dialogue: Any) -> str:
        return f"{dialogue.localized.title.text} – {site_name()}"

    def link(self, dialogue: Any) -> str:
        return dialogue.get_absolute_url()

    def items(self, dialogue: Any) -> list[tuple[Dialogue, PublishedDocument]]:
        return newest_documents(Dialogue.objects.published().filter(pk=dialogue.pk))[:FEED_LENGTH]
