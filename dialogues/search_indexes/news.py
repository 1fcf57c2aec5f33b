from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from haystack import indexes

from dialogues.models import Dialogue, NewsItem
from search.indexes import Passage, RecordIndex
from text.markup import strip_markdown

from .proceedings import ProceedingsIndex, about_dialogue, public_topics
from .texts import pieces


class NewsItemIndex(ProceedingsIndex, indexes.Indexable):
    """A news item, found by its words and by the dialogues that it is about."""

    model = NewsItem
    dialogue_path = "dialogues"
    csl_type = "article-newspaper"
    kind_name, kind_label, kind_label_plural = "news", _("News"), _("News")

    def index_queryset(self, using=None):
        public = Dialogue.objects.published().select_related("series").prefetch_related(public_topics("topics"))
        return super().index_queryset().prefetch_related(Prefetch("dialogues", public))

    def facets(self, item):
        gathered = {"language": item.language}
        for dialogue in item.dialogues.all():
            for name, value in about_dialogue(dialogue).items():
                gathered.setdefault(name, set()).update(value if isinstance(value, list) else filter(None, [value]))
        return gathered

    def names(self, item):
        dialogues = item.dialogues.all()
        return {
            "dialogue_title": sorted({name for one in dialogues for name in (one.title, one.series.name, one.slug)})
        }

    def date_of(self, item):
        return item.issued_on.isoformat() if item.issued_on else ""

    def language_of(self, item):
        return item.language

    def context_of(self, item):
        issued = date_format(item.issued_on, "DATE_FORMAT") if item.issued_on else ""
        return [item.place, issued, item.get_language_display()]

    def citation(self, item):
        return RecordIndex.citation(self, item)  # it is within no one dialogue

    def passages(self, item):
        for text in pieces(strip_markdown(item.text)):
            yield Passage(text, item.get_absolute_url(), language=item.language)
