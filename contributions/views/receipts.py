"""The page on which anyone can check a receipt or a file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from allauth.core import ratelimit
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.generic import View

from ..forms import ReceiptCheckForm
from ..models import Attachment, Revision


class ReceiptCheckView(View):
    """Compares a receipt with the record, and a file with a receipt or with published files.

    Without the code of a receipt, it reveals nothing about what is not public, not even whether it exists.
    """

    template = "contributions/receipt_check.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return render(request, self.template, {"form": ReceiptCheckForm()})

    def post(self, request: HttpRequest) -> HttpResponseBase:
        if limited := ratelimit.consume_or_429(request, action="receipt_check"):
            return limited
        form = ReceiptCheckForm(request.POST, request.FILES)
        if not form.is_valid():
            return render(request, self.template, {"form": form}, status=422)
        return render(request, self.template, {"form": form, "is_checked": True, **_compare(form.cleaned_data)})


def _compare(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the record says about a reference and code, a file or its SHA-256 digest."""
    digest = _sha256_of(given["file"]) if given["file"] else given["sha256"]
    revision = None
    if given["code"]:
        revisions = Revision.objects.select_related("contribution")
        revision = revisions.filter(contribution__reference=given["reference"], receipt_code=given["code"]).first()
    found: dict[str, Any] = {"receipt": revision, "digest": digest, "asked_receipt": bool(given["code"])}
    if digest and revision:
        numbers = [number for number, file in enumerate(revision.sent_files, 1) if file["sha256"] == digest]
        found["number_on_receipt"] = numbers[0] if numbers else None
    if digest:
        published = Attachment.objects.published().filter(document__clean_copy__sha256=digest)
        found["published"] = published.select_related("revision__contribution").first()
    return found


def _sha256_of(upload: UploadedFile) -> str:
    """Return the SHA-256 digest of an upload in hexadecimal. The file is read in chunks."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()
