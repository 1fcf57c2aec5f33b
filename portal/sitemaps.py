"""The addresses of all public pages for search engines, in each language of the interface, through the gate."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from contributions.models import Call, Contribution
from dialogues.models import Dialogue, NewsItem, Panel, Quote, Speaker, Summary, Topic

from .public import LISTS


class InEachLanguage(Sitemap):
    """Pages below the address at which the site is known, with a link to each in each language."""

    i18n = alternates = x_default = True
    limit = 5000  # addresses in one file

    def get_protocol(self, protocol=None):
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.BASE_URL).netloc


class Lists(InEachLanguage):
    """The home page and the lists."""

    def items(self):
        return list(LISTS)

    def location(self, item):
        return reverse(item)


class Records(InEachLanguage):
    """The public records of one kind, with the last time at which one of them was published or changed."""

    def __init__(self, records, published="published_at"):
        self.records = records
        self.published = published

    def items(self):
        return self.records.all().order_by("pk").annotate(changed_at=self.moment())

    def moment(self):
        """When a record was published or, if that was later and it is known, changed."""
        model, published = self.records.model, self.published and F(self.published)
        if not hasattr(model, "history"):
            return published
        rows = model.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date")
        changed = Subquery(rows.values("history_date")[:1])
        # History is kept for a time only; SQLite's greatest of a date and nothing is nothing.
        return Greatest(published, Coalesce(changed, published)) if published else changed

    def lastmod(self, record):
        return record.changed_at


SITEMAPS = {
    "lists": Lists(),
    "dialogues": Records(Dialogue.objects.published()),
    "panels": Records(Panel.objects.published().select_related("dialogue"), published="dialogue__published_at"),
    "summaries": Records(Summary.objects.published().select_related("dialogue")),
    "quotes": Records(Quote.objects.published()),
    "speakers": Records(Speaker.objects.published(), published=None),
    "topics": Records(Topic.objects.published()),
    "news": Records(NewsItem.objects.published()),
    "calls": Records(Call.objects.published()),
    "contributions": Records(Contribution.objects.published(), published="shown__shown_at"),
}
