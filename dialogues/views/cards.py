"""Pictures for social networks. Each asks the gate on every request; only what is public has one."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from dialogues.cards import content
from dialogues.cards.keeping import MAKERS, picture_of

# Networks keep a card for long whatever is said here; proxies and browsers let go of one ten minutes after its record
# was withdrawn.
CACHE_CONTROL = "public, max-age=600"


class CardView(View):
    """One kind of card, found by what its address names."""

    kind = ""
    fields = {}

    def card(self):
        records, make = MAKERS[self.kind]
        named = {field: self.kwargs[name] for field, name in self.fields.items()}
        return make(get_object_or_404(records.all(), **named))

    def get(self, request, **kwargs):
        card = self.card()
        # Its text's language, and not the one of the page that nobody sees here.
        headers = {"Cache-Control": CACHE_CONTROL, "ETag": f'"{card.digest}"', "Content-Language": card.language}
        return HttpResponse(picture_of(card), content_type="image/png", headers=headers)


class DialogueCardView(CardView):
    """The card of a dialogue."""

    kind, fields = "dialogue", {"slug": "slug"}


class SummaryCardView(CardView):
    """The card of one version of a summary."""

    kind = "summary"
    fields = {"dialogue__slug": "slug", "language": "language", "version": "version"}


class QuoteCardView(CardView):
    """The card of a quote."""

    kind, fields = "quote", {"pk": "pk"}


class SiteCardView(CardView):
    """The card of pages that have none of their own."""

    def card(self):
        if self.kwargs["language"] not in dict(settings.LANGUAGES):
            raise Http404
        return content.of_site(self.kwargs["language"])
