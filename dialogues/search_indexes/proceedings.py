"""What all indexes of proceedings have in common: the dialogue that a record belongs to, and what follows from it."""

from babel import Locale
from django.conf import settings
from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import get_language

from dialogues.models import Dialogue, Organization, Series, Topic
from search.indexes import RecordIndex


class ProceedingsIndex(RecordIndex):
    """What all that belongs to a dialogue has in common; `dialogue_path` leads there from the model."""

    dialogue_path = "dialogue"

    def affected_by(self, instance):
        """Beside the record itself: its dialogue, the series and the topics by which it is narrowed."""
        paths = {Dialogue: "", Series: "__series", Topic: "__topics"}
        if type(instance) in paths and not isinstance(instance, self.model):
            path = (self.dialogue_path + paths[type(instance)]).removeprefix("__")
            return self.ids(**{path: instance})
        return super().affected_by(instance)

    def ids(self, **lookup):
        return list(self.model.objects.filter(**lookup).order_by("pk").values_list("pk", flat=True).distinct())

    def dialogue_of(self, record):
        """The dialogue that a record belongs to."""
        return record.dialogue

    def facets(self, record):
        return about_dialogue(self.dialogue_of(record))

    def facet_labels(self, name, values):
        match name:
            case "series" | "dialogue":
                model, field = {"series": (Series, "name"), "dialogue": (Dialogue, "title")}[name]
                return dict(model.objects.published().filter(slug__in=values).values_list("slug", field))
            case "topic":
                topics = Topic.objects.published().filter(slug__in=values)
                return {topic.slug: topic.localized.name for topic in topics}
            case "year":
                return {value: value for value in values}
            case "language":
                return {value: label for value, label in settings.CONTENT_LANGUAGES if value in values}
            case "organization_type":
                return {value: label for value, label in Organization.Type.choices if value in values}
            case "country":
                territories = Locale(get_language()[:2]).territories
                return {value: territories.get(value, value) for value in values}
        return {}

    def names(self, record):
        dialogue = self.dialogue_of(record)
        return {"dialogue_title": [dialogue.title, dialogue.series.name, dialogue.slug]}

    def citation(self, record):
        return {**super().citation(record), "within": self.dialogue_of(record).title}

    def date_of(self, record):
        dialogue = self.dialogue_of(record)
        return dialogue.starts_on.isoformat() if dialogue.starts_on else str(dialogue.year or "")


def about_dialogue(dialogue):
    """The facets that a dialogue gives to all that belongs to it. Its topics are to be fetched through the gate."""
    return {
        "series": dialogue.series.slug,
        "dialogue": dialogue.slug,
        "year": str(dialogue.year or ""),
        "topic": [topic.slug for topic in dialogue.topics.all()],
    }


def day_of(dialogue):
    """When a dialogue took place, as a hit says it; empty while nobody knows."""
    return date_format(dialogue.starts_on, "DATE_FORMAT") if dialogue.starts_on else str(dialogue.year or "")


def about_organization(organization):
    return {"organization_type": organization.type, "country": organization.country} if organization else {}


def public_topics(path):
    """The topics at the end of `path`, those only that everyone may see."""
    return Prefetch(path, Topic.objects.published())
