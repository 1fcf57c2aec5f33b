"""Joint signers: their filer asks each by letter, and each answers behind the link of the letter."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from documents.file_responses import send_document

from .. import workflow
from ..forms import AskSignerForm
from ..models import Attachment, Contribution, Signature
from ..querysets import AttachmentQuerySet
from ..receipts import content_digest
from .private import OwnContributionMixin


class SignersView(OwnContributionMixin, View):
    """The joint signers of a contribution: who has confirmed, and a button that asks each of the others."""

    def get(self, request: HttpRequest, key: Any) -> HttpResponse:
        return self._render()

    def post(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        form = AskSignerForm(request.POST)
        if not form.is_valid():
            return self._render(form)
        if limited := ratelimit.consume_or_429(request, action="letters_to_others", key=str(request.user.pk)):
            return limited
        given = form.cleaned_data
        try:
            workflow.ask_signer(self.get_object(), given["name"], given["address"], by=request.user)
        except workflow.WrongStateError:
            raise
        except ValidationError as error:
            form.add_error("address", error.messages[0])
            return self._render(form)
        messages.success(request, _("The email has been sent."))
        return redirect("contributions:signers", key=key)

    def _render(self, form: AskSignerForm | None = None) -> HttpResponse:
        contribution: Contribution = self.get_object()
        revision = contribution.draft or contribution.newest
        asked = {signature.name: signature for signature in contribution.signatures.all()}
        signers = [
            {
                "name": name,
                "signature": asked.get(name),
                "is_confirmed": name in revision.confirmed_signers,
                "form": form if form and form.data.get("name") == name else AskSignerForm(auto_id=f"id_{number}_%s"),
            }
            for number, name in enumerate(revision.signer_names, 1)
        ]
        context = {"contribution": contribution, "signers": signers, "form": form}
        return render(self.request, "contributions/signers.html", context, status=422 if form else 200)


class OfSignerMixin:
    """What the holder of a signer's link may read: the words and files that it is asked to sign, and no others.

    Browsers do not keep these pages, and other sites are not told their addresses.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Signature.objects.select_related("contribution__call__dialogue", "contribution__newest")
        self.signature: Signature = get_object_or_404(rows, key=kwargs["key"])
        self.revision = workflow.revision_to_sign(self.signature)
        is_closed = self.signature.contribution.state in workflow.UNSIGNABLE
        self.is_open = self.revision is not None and not is_closed
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    def attachments(self) -> AttachmentQuerySet:
        """Return the files that belong to what is signed."""
        return Attachment.objects.filter(revision=self.revision).for_lists()


@method_decorator(csrf_exempt, name="dispatch")
class SignView(OfSignerMixin, View):
    """The page behind the link of a letter. Opening it changes nothing, because mail scanners open links.

    The link is the proof, so there is no CSRF check: a refused form would write the address of the page into the log.
    """

    def get(self, request: HttpRequest, key: Any) -> HttpResponse:
        return self._render()

    def post(self, request: HttpRequest, key: Any) -> HttpResponse:
        seen = request.POST.get("seen", "")
        try:
            workflow.answer_signature(self.signature, signs="sign" in request.POST, seen=seen)
        except ValidationError as error:
            return self._render(error=error.messages[0])
        return redirect("contributions:sign", key=key)

    def _render(self, error: str = "") -> HttpResponse:
        contribution, revision = self.signature.contribution, self.revision
        digest = content_digest(revision) if revision else ""
        context = {
            "signature": self.signature,
            "contribution": contribution,
            "revision": revision if self.is_open else None,
            "attachments": self.attachments() if self.is_open else [],
            "seen": digest,
            "is_changed": bool(self.signature.digest) and self.signature.digest != digest,
            "call": contribution.call if contribution.call.is_public else None,
            "error": error,
        }
        return render(self.request, "contributions/sign.html", context, status=422 if error else 200)


class SignFileView(OfSignerMixin, View):
    """Downloads the clean copy of a file that is to be signed."""

    def get(self, request: HttpRequest, key: Any, number: int) -> HttpResponseBase:
        if not self.is_open:
            raise Http404
        attachment = get_object_or_404(self.attachments(), number=number)
        filename = f"file-{number}-{attachment.language}"
        return send_document(request, attachment.document, filename=filename, language=attachment.language)
