from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from haystack import indexes

from documents.models import Document, Kind
from search.indexes import Passage, RecordIndex

from .markup import plain
from .models import Appearance, Dialogue, Panel, Paper, Quote, Speaker, Summary, Topic


class DialogueIndex(RecordIndex, indexes.Indexable):
    """A dialogue with its panels, which are found as places in it."""

    model = Dialogue
    kind_name, kind_label, kind_label_plural = "dialogue", _("Dialogue"), _("Dialogues")

    def affected_by(self, instance):
        if isinstance(instance, Panel):
            return [instance.dialogue_id]
        if isinstance(instance, Topic):
            return list(instance.dialogues.values_list("pk", flat=True))
        return super().affected_by(instance)

    def index_queryset(self, using=None):
        return super().index_queryset().for_lists().prefetch_related("panels")

    def context_of(self, dialogue):
        return [dialogue.series.name]

    def passages(self, dialogue):
        about = [
            plain(dialogue.description),
            *(topic.name for topic in dialogue.topics.all()),
            dialogue.venue,
            dialogue.city,
        ]
        yield Passage("\n".join(filter(None, about)), dialogue.get_absolute_url())
        for panel in dialogue.panels.all():
            text = "\n".join([panel.title, plain(panel.description), plain(panel.guiding_questions)])
            panel.dialogue = dialogue
            yield Passage(text, panel.get_absolute_url(), gettext("Panel %d") % panel.number)


class SpeakerIndex(RecordIndex, indexes.Indexable):
    """A person, by name and by what their appearances say of them."""

    model = Speaker
    kind_name, kind_label, kind_label_plural = "speaker", _("Speaker"), _("Speakers")

    def affected_by(self, instance):
        if isinstance(instance, Appearance):
            return [instance.speaker_id]
        if isinstance(instance, Dialogue):
            return list(instance.appearances.values_list("speaker_id", flat=True).distinct())
        return super().affected_by(instance)

    def passages(self, speaker):
        yield Passage(plain(speaker.biography), speaker.get_absolute_url())
        for appearance in speaker.appearances.published().select_related("dialogue"):
            text = ", ".join(filter(None, [appearance.as_given, str(appearance.dialogue)]))
            yield Passage(text, speaker.get_absolute_url())


class QuoteIndex(RecordIndex, indexes.Indexable):
    """A quote, by its words."""

    model = Quote
    kind_name, kind_label, kind_label_plural = "quote", _("Quote"), _("Quotes")

    def affected_by(self, instance):
        if isinstance(instance, Appearance):
            return list(instance.quotes.values_list("pk", flat=True))
        if isinstance(instance, Speaker):
            return list(Quote.objects.filter(appearance__speaker=instance).values_list("pk", flat=True))
        if isinstance(instance, Dialogue):
            return list(Quote.objects.filter(appearance__dialogue=instance).values_list("pk", flat=True))
        return super().affected_by(instance)

    def index_queryset(self, using=None):
        return super().index_queryset().for_lists()

    def title_of(self, quote):
        return quote.appearance.speaker.name

    def context_of(self, quote):
        return [quote.appearance.as_given, quote.appearance.dialogue.title]

    def passages(self, quote):
        yield Passage(quote.text, quote.get_absolute_url())


class SummaryIndex(RecordIndex, indexes.Indexable):
    """A summary, found by the paragraph."""

    model = Summary
    kind_name, kind_label, kind_label_plural = "summary", _("Summary"), _("Summaries")

    def affected_by(self, instance):
        if isinstance(instance, Dialogue):
            return list(instance.summaries.values_list("pk", flat=True))
        return super().affected_by(instance)

    def index_queryset(self, using=None):
        return super().index_queryset().select_related("dialogue__series").prefetch_related("paragraphs")

    def title_of(self, summary):
        return gettext("Co-Chairs’ summary: %s") % summary.dialogue.title

    def context_of(self, summary):
        return [summary.get_language_display()]

    def passages(self, summary):
        address = summary.get_absolute_url()
        for paragraph in summary.paragraphs.all():
            if paragraph.number is None:
                yield Passage(plain(paragraph.text), address)
            else:
                label = gettext("Paragraph %d") % paragraph.number
                yield Passage(plain(paragraph.text), f"{address}#p{paragraph.number}", label)


class PaperIndex(RecordIndex, indexes.Indexable):
    """A paper, found by the page of its file."""

    model = Paper
    kind_name, kind_label, kind_label_plural = "paper", _("Paper"), _("Papers")

    def affected_by(self, instance):
        if isinstance(instance, Document):
            return list(Paper.objects.filter(document=instance).values_list("pk", flat=True))
        if isinstance(instance, Dialogue):
            return list(instance.papers.values_list("pk", flat=True))
        return super().affected_by(instance)

    def index_queryset(self, using=None):
        papers = super().index_queryset().select_related("dialogue__series", "document")
        return papers.prefetch_related("document__pages")

    def context_of(self, paper):
        return [paper.get_kind_display(), paper.dialogue.title, paper.get_language_display()]

    def passages(self, paper):
        return pages_of(paper.document, paper.get_absolute_url())


def pages_of(document, address):
    """A stored file's text as passages, each with the page of the file where it stands."""
    for page in document.pages.all():
        if document.kind == Kind.PDF:
            yield Passage(page.text, f"{address}#page={page.number}", gettext("Page %d") % page.number)
        else:
            yield Passage(page.text, address)
