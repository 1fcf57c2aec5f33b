"""Whether a receipt or a file is true, for anyone who holds one; and what happens with what is sent."""

import hashlib

from allauth.core import ratelimit
from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from contributions.forms import ReceiptCheckForm
from contributions.models import Attachment, Revision
from publishing.pages import ListPage


class ReceiptCheckView(View):
    """Compares a receipt with the record, and a file with a receipt or with what is published.

    Without the code of a receipt nothing is said of what is not public: neither that it is here nor that it is not.
    """

    template = "contributions/receipt_check.html"

    def get(self, request):
        return render(request, self.template, {"form": ReceiptCheckForm()})

    def post(self, request):
        if limited := ratelimit.consume_or_429(request, action="receipt_check"):
            return limited
        form = ReceiptCheckForm(request.POST, request.FILES)
        if not form.is_valid():
            return render(request, self.template, {"form": form}, status=422)
        return render(request, self.template, {"form": form, "is_checked": True, **compare(form.cleaned_data)})


def compare(given):
    """What the record says of a reference and code, a file or its SHA-256."""
    digest = sha256_of(given["file"]) if given["file"] else given["sha256"]
    revision = None
    if given["code"]:
        held = Revision.objects.select_related("contribution")
        revision = held.filter(contribution__reference=given["reference"], receipt_code=given["code"]).first()
    found = {"receipt": revision, "digest": digest, "asked_receipt": bool(given["code"])}
    if digest and revision:
        numbers = [number for number, file in enumerate(revision.sent_files, 1) if file["sha256"] == digest]
        found["number_on_receipt"] = numbers[0] if numbers else None
    if digest:
        published = Attachment.objects.published().filter(document__clean_copy__sha256=digest)
        found["published"] = published.select_related("revision__contribution").first()
    return found


def sha256_of(upload):
    """The SHA-256 of an upload, in hexadecimal, read piece by piece."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


TERMS = ListPage.of(
    "contributions:terms",
    gettext_lazy("What happens with what you send"),
    gettext_lazy("How contributions are reviewed and published, how names are protected, and how to withdraw."),
    (),
)


class TermsView(TemplateView):
    """What happens with what is sent, in plain words: consent, retention, takedown, what the site can see."""

    public_page = TERMS

    template_name = "contributions/terms.html"
    extra_context = {
        "draft_days": settings.DRAFT_DAYS,
        "withdrawn_days": settings.WITHDRAWN_DAYS,
        "contact": settings.CONTACT_EMAIL,
    }
