"""Files of what is being written, in pieces: see `documents.tus`."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from contributions import workflow
from contributions.forms import FileForm
from contributions.models import Contribution
from documents import workflow as documents
from documents.tus import TusCreateView, TusUploadView


class DraftUploads:
    """Uploads to one contribution of the signed-in person; anyone else's is absent."""

    @property
    def purpose(self):
        return f"contribution {self.kwargs['key']}"

    @cached_property
    def contribution(self):
        mine = Contribution.objects.filed_by(self.request.user).select_related("call")
        contribution = mine.filter(key=self.kwargs["key"]).first()
        if contribution is None:
            raise Http404
        return contribution

    @property
    def revision(self):
        revision = self.contribution.being_written
        if revision is None:
            raise ValidationError(_("This contribution has been sent and can't be changed now."))
        return revision

    def prepare(self, upload):
        return documents.on_disk(upload)

    def finish(self, partial, document):
        fields = partial.fields
        workflow.attach_document(
            self.revision,
            document,
            by=self.request.user,
            language=fields["upload_language"],
            is_translation=fields["is_translation"],
        )


class DraftUploadCreateView(DraftUploads, TusCreateView):
    """Where an upload begins; one that could not be taken in at its end is refused before it costs anyone a minute."""

    @property
    def max_size(self):
        return self.contribution.call.file_bytes if self.request.user.is_authenticated else super().max_size

    def refuse(self, request):
        workflow.demand_room(self.contribution, self.revision)

    def clean_fields(self, metadata):
        form = FileForm(metadata, call=self.contribution.call)
        if not form.is_valid():
            raise ValidationError([message for errors in form.errors.as_data().values() for message in errors])
        return {name: form.cleaned_data[name] for name in ("upload_language", "is_translation")}

    def address(self, partial):
        return reverse("contributions:upload", args=[self.kwargs["key"], partial.key])


class DraftUploadView(DraftUploads, TusUploadView):
    """One upload under way."""
