from django.utils.translation import gettext_lazy as _
from haystack import indexes

from dialogues.models import Organization, Topic
from dialogues.search_indexes import ProceedingsIndex, about_organization, day_of, pages_of, public_topics
from documents.models import Document
from search.indexes import Passage
from text.markup import strip_markdown

from .models import Call, Contribution


class ContributionIndex(ProceedingsIndex, indexes.Indexable):
    """A contribution with its files: the text is found on its page, the files' text by the page of the file."""

    model = Contribution
    dialogue_path = "call__dialogue"
    csl_type = "report"
    kind_name, kind_label, kind_label_plural = "contribution", _("Contribution"), _("Contributions")

    def affected_by(self, instance):
        if isinstance(instance, Contribution) and not instance.was_public:
            return []  # the index never knew it: those who file in the last minute need not wait for that
        if isinstance(instance, Document):
            return self.ids(shown__attachments__document=instance)
        if isinstance(instance, Topic):
            return sorted({*super().affected_by(instance), *self.ids(topics=instance)})
        paths = {Call: "call", Organization: "organization"}
        if type(instance) in paths:
            return self.ids(**{paths[type(instance)]: instance})
        return super().affected_by(instance)

    def index_queryset(self, using=None):
        # Calls and dialogues by a query of their own: hundreds of contributions share one.
        return (
            super()
            .index_queryset()
            .select_related("organization", "shown")
            .prefetch_related(
                "call__dialogue__series",
                "shown__answers",
                "shown__attachments__document__pages",
                public_topics("topics"),
                public_topics("call__dialogue__topics"),
            )
        )

    def load_all_queryset(self):
        records = Contribution.objects.published().select_related("call__dialogue", "shown")
        return records.prefetch_related("shown__answers", "shown__attachments__document__pages")

    def dialogue_of(self, contribution):
        return contribution.call.dialogue

    def facets(self, contribution):
        facets = super().facets(contribution)
        topics = {topic.slug for topic in contribution.topics.all()}
        languages = {attachment.language for attachment in contribution.shown.attachments.all()}
        return {
            **facets,
            **about_organization(contribution.public_organization),
            "topic": sorted(topics.union(facets["topic"])),
            "language": sorted({contribution.shown.language, *languages}),
        }

    def names(self, contribution):
        byline = contribution.shown.byline
        bodies = [name for name in (byline.organization, *byline.signers) if name]
        people = {"speaker": [byline.person]} if byline.person else {}
        return {**super().names(contribution), **people, "organization": bodies}

    def language_of(self, contribution):
        return contribution.shown.language

    def citation(self, contribution):
        return {**super().citation(contribution), "number": contribution.reference}

    def context_of(self, contribution):
        dialogue, revision = contribution.call.dialogue, contribution.shown
        return [
            str(revision.byline),
            dialogue.title,
            day_of(dialogue),
            revision.get_language_display(),
            contribution.reference,
        ]

    def passages(self, contribution):
        revision = contribution.shown
        address, language = contribution.get_absolute_url(), revision.language
        about = ", ".join(filter(None, [str(revision.byline), *revision.byline.signers, contribution.reference]))
        yield Passage(about, address, language=language)
        for answer in revision.answers.all():
            yield Passage(strip_markdown(answer.text), address, language=language)
        yield Passage(strip_markdown(revision.text), address, language=language)
        revision.contribution = contribution  # the addresses of its files ask for the reference
        for attachment in revision.attachments.all():
            attachment.revision = revision
            yield from pages_of(attachment.document, attachment.get_absolute_url(), attachment.language)
