from django.utils.translation import gettext_lazy as _
from haystack import indexes

from dialogues.markup import plain
from dialogues.models import Dialogue
from dialogues.search_indexes import pages_of
from documents.models import Document
from search.indexes import Passage, RecordIndex

from .models import Attachment, Call, Contribution


class ContributionIndex(RecordIndex, indexes.Indexable):
    """A contribution with its files: the text is found on its page, the files' text by the page of the file."""

    model = Contribution
    kind_name, kind_label, kind_label_plural = "contribution", _("Contribution"), _("Contributions")

    def affected_by(self, instance):
        if isinstance(instance, Document):
            return list(Attachment.objects.filter(document=instance).values_list("contribution_id", flat=True))
        if isinstance(instance, Dialogue):
            return list(Contribution.objects.filter(call__dialogue=instance).values_list("pk", flat=True))
        if isinstance(instance, Call):
            return list(instance.contributions.values_list("pk", flat=True))
        return super().affected_by(instance)

    def index_queryset(self, using=None):
        records = super().index_queryset().select_related("call__dialogue__series")
        return records.prefetch_related("attachments__document__pages")

    def context_of(self, contribution):
        return [
            contribution.organization_name,
            contribution.call.dialogue.title,
            contribution.get_language_display(),
            contribution.reference,
        ]

    def passages(self, contribution):
        about = f"{contribution.organization_name}, {contribution.reference}"
        yield Passage(about, contribution.get_absolute_url())
        yield Passage(plain(contribution.text), contribution.get_absolute_url())
        for attachment in contribution.attachments.all():
            attachment.contribution = contribution
            yield from pages_of(attachment.document, attachment.get_absolute_url())
