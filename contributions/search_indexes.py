from django.utils.translation import gettext_lazy as _
from haystack import indexes

from dialogues.markup import plain
from dialogues.models import Organization, Topic
from dialogues.search_indexes import ProceedingsIndex, about_organization, day_of, pages_of, public_topics
from documents.models import Document
from search.indexes import Passage

from .models import Attachment, Call, Contribution


class ContributionIndex(ProceedingsIndex, indexes.Indexable):
    """A contribution with its files: the text is found on its page, the files' text by the page of the file."""

    model = Contribution
    dialogue_path = "call__dialogue"
    csl_type = "report"
    kind_name, kind_label, kind_label_plural = "contribution", _("Contribution"), _("Contributions")

    def affected_by(self, instance):
        if isinstance(instance, Document):
            return list(Attachment.objects.filter(document=instance).values_list("contribution_id", flat=True))
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
            .select_related("organization")
            .prefetch_related(
                "call__dialogue__series",
                "attachments__document__pages",
                public_topics("topics"),
                public_topics("call__dialogue__topics"),
            )
        )

    def load_all_queryset(self):
        records = Contribution.objects.published().select_related("call__dialogue")
        return records.prefetch_related("attachments__document__pages")

    def dialogue_of(self, contribution):
        return contribution.call.dialogue

    def facets(self, contribution):
        facets = super().facets(contribution)
        topics = {topic.slug for topic in contribution.topics.all()}
        languages = {attachment.language for attachment in contribution.attachments.all()}
        return {
            **facets,
            **about_organization(contribution.organization),
            "topic": sorted(topics.union(facets["topic"])),
            "language": sorted({contribution.language, *languages}),
        }

    def names(self, contribution):
        return {**super().names(contribution), "organization": [contribution.organization_name]}

    def language_of(self, contribution):
        return contribution.language

    def citation(self, contribution):
        return {**super().citation(contribution), "number": contribution.reference}

    def context_of(self, contribution):
        dialogue = contribution.call.dialogue
        return [
            contribution.organization_name,
            dialogue.title,
            day_of(dialogue),
            contribution.get_language_display(),
            contribution.reference,
        ]

    def passages(self, contribution):
        address, language = contribution.get_absolute_url(), contribution.language
        about = f"{contribution.organization_name}, {contribution.reference}"
        yield Passage(about, address, language=language)
        yield Passage(plain(contribution.text), address, language=language)
        for attachment in contribution.attachments.all():
            attachment.contribution = contribution
            yield from pages_of(attachment.document, attachment.get_absolute_url(), attachment.language)
