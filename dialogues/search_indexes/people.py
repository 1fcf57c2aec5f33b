from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from haystack import indexes

from dialogues.models import Appearance, Organization, Quote, Speaker
from search.indexes import Passage
from text.markup import strip_markdown

from .proceedings import ProceedingsIndex, about_dialogue, about_organization, day_of, public_topics


class SpeakerIndex(ProceedingsIndex, indexes.Indexable):
    """A person, by name and by what their appearances say of them."""

    model = Speaker
    dialogue_path = "appearances__dialogue"
    kind_name, kind_label, kind_label_plural = "speaker", _("Speaker"), _("Speakers")

    def affected_by(self, instance):
        if isinstance(instance, Appearance):
            return [instance.speaker_id]
        if isinstance(instance, Organization):
            return self.ids(appearances__organization=instance)
        return super().affected_by(instance)

    def index_queryset(self, using=None):
        # Not the appearances of drafts: what a person will say is not to be found before it is announced.
        public = Appearance.objects.published().select_related("organization").prefetch_related("dialogue__series")
        appearances = Prefetch("appearances", public.prefetch_related(public_topics("dialogue__topics")))
        return super().index_queryset().prefetch_related(appearances)

    def facets(self, speaker):
        gathered = {}
        for appearance in speaker.appearances.all():
            for name, value in {
                **about_dialogue(appearance.dialogue),
                **about_organization(appearance.organization),
            }.items():
                gathered.setdefault(name, set()).update(value if isinstance(value, list) else filter(None, [value]))
        return gathered

    def names(self, speaker):
        appearances = speaker.appearances.all()
        titles = {appearance.dialogue.title for appearance in appearances}
        return {
            "speaker": [speaker.name],
            "organization": [appearance.affiliation for appearance in appearances],
            "dialogue_title": sorted(titles),
        }

    def date_of(self, speaker):
        return ""

    def citation(self, speaker):
        return {"type": self.csl_type, "title": speaker.name}

    def passages(self, speaker):
        yield Passage(strip_markdown(speaker.biography), speaker.get_absolute_url())
        for appearance in speaker.appearances.all():
            text = ", ".join(filter(None, [appearance.as_given, str(appearance.dialogue)]))
            yield Passage(text, speaker.get_absolute_url())


class QuoteIndex(ProceedingsIndex, indexes.Indexable):
    """A quote, by its words and who said them."""

    model = Quote
    dialogue_path = "appearance__dialogue"
    csl_type = "speech"
    kind_name, kind_label, kind_label_plural = "quote", _("Quote"), _("Quotes")

    def affected_by(self, instance):
        paths = {Appearance: "", Speaker: "__speaker", Organization: "__organization"}
        if type(instance) in paths:
            return self.ids(**{"appearance" + paths[type(instance)]: instance})
        return super().affected_by(instance)

    def index_queryset(self, using=None):
        quotes = super().index_queryset().for_lists().select_related("appearance__organization")
        return quotes.prefetch_related(public_topics("appearance__dialogue__topics"))

    def dialogue_of(self, quote):
        return quote.appearance.dialogue

    def facets(self, quote):
        return {
            **super().facets(quote),
            **about_organization(quote.appearance.organization),
            "language": quote.language,
        }

    def names(self, quote):
        said = quote.appearance
        return {**super().names(quote), "speaker": [said.speaker.name], "organization": [said.affiliation]}

    def title_of(self, quote):
        return quote.appearance.speaker.name

    def context_of(self, quote):
        dialogue = quote.appearance.dialogue
        return [quote.appearance.as_given, dialogue.title, day_of(dialogue), quote.get_language_display()]

    def passages(self, quote):
        yield Passage(quote.text, quote.get_absolute_url(), language=quote.language)
