from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from haystack import indexes

from dialogues.models import Dialogue, Panel
from search.indexes import Passage
from text.markup import strip_markdown

from .proceedings import ProceedingsIndex, day_of


class DialogueIndex(ProceedingsIndex, indexes.Indexable):
    """A dialogue with its panels, which are found as places in it."""

    model = Dialogue
    dialogue_path = ""
    csl_type = "event"
    kind_name, kind_label, kind_label_plural = "dialogue", _("Dialogue"), _("Dialogues")

    def affected_by(self, instance):
        return [instance.dialogue_id] if isinstance(instance, Panel) else super().affected_by(instance)

    def index_queryset(self, using=None):
        return super().index_queryset().for_lists().prefetch_related("panels")

    def dialogue_of(self, record):
        return record

    def context_of(self, dialogue):
        return [dialogue.series.name, day_of(dialogue)]

    def passages(self, dialogue):
        topics = [name for topic in dialogue.topics.all() for name in topic.in_each_language("name")]
        about = [
            strip_markdown(dialogue.description),
            *(name.text for name in topics if name.language == "en"),
            dialogue.venue,
            dialogue.city,
        ]
        yield Passage("\n".join(filter(None, about)), dialogue.get_absolute_url())
        for name in topics:
            if name.language != "en":
                yield Passage(name.text, dialogue.get_absolute_url(), language=name.language)
        for panel in dialogue.panels.all():
            text = "\n".join([panel.title, strip_markdown(panel.description), strip_markdown(panel.guiding_questions)])
            panel.dialogue = dialogue
            yield Passage(text, panel.get_absolute_url(), gettext("Panel %d") % panel.number)
