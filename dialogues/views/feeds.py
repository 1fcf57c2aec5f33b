"""Feeds of documents that appeared: of all dialogues, and of one."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from dialogues.board import appeared
from dialogues.models import Dialogue, ExpectedDocument
from publishing.pages import MACHINE_READ

IN_A_FEED = 30
KINDS = dict(ExpectedDocument.KINDS)
LANGUAGES = dict(settings.CONTENT_LANGUAGES)


class AwaitedFeed(Feed):
    """What appeared last of all dialogues, as Atom."""

    public_page = MACHINE_READ

    feed_type = Atom1Feed

    def title(self, of):
        return f"{_('Documents of dialogues')} – {settings.SITE_NAME}"

    def link(self, of):
        return reverse("dialogues:awaited")

    def items(self, of):
        return appeared(Dialogue.objects.published())[:IN_A_FEED]

    def item_title(self, item):
        dialogue, arrival = item
        return f"{KINDS[arrival.kind]} ({LANGUAGES[arrival.language]}): {dialogue}"

    def item_description(self, item):
        return str(item[0].series)

    def item_link(self, item):
        return item[1].address

    def item_pubdate(self, item):
        return item[1].at

    item_updateddate = item_pubdate


class DialogueFeed(AwaitedFeed):
    """What appeared last of one dialogue."""

    def get_object(self, request, slug):
        return get_object_or_404(Dialogue.objects.published(), slug=slug)

    def title(self, of):
        return f"{of} – {settings.SITE_NAME}"

    def link(self, of):
        return of.get_absolute_url()

    def items(self, of):
        return appeared(Dialogue.objects.published().filter(pk=of.pk))[:IN_A_FEED]
