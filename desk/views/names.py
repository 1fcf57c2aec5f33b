"""Suggestions of names while someone types one."""

import re
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.views.generic import View

from dialogues.models import Organization, Speaker, Topic

from ..access import DeskMixin
from ..forms.names import label_of
from ..kinds import pk_in
from ..record_search import asked_words

MODELS: dict[str, Any] = {"speaker": Speaker, "organization": Organization, "topic": Topic}
MOST_NAMES = 12


class NamesView(DeskMixin, View):
    """The names that contain the text of `?q=`, as a JSON list. Those that begin with it come first.

    The record whose primary key is in `?without=` is not suggested.
    """

    def get(self, request: HttpRequest, kind: str) -> JsonResponse:
        user: Any = request.user
        if kind not in MODELS:
            raise Http404
        model, words = MODELS[kind], asked_words(request)
        if not words or not user.has_perm(f"dialogues.view_{kind}"):
            return JsonResponse([], safe=False)
        records = model.objects.visible_to(user) if hasattr(model.objects, "visible_to") else model.objects.all()
        records = records.exclude(pk=pk_in(request.GET.get("without", "")))
        pattern = re.escape(words)  # not `istartswith`: on SQLite it ignores case only in ASCII
        begin = records.filter(name__iregex=f"^{pattern}").order_by("name")[:MOST_NAMES]
        found = list(begin) or list(records.filter(name__iregex=pattern).order_by("name")[:MOST_NAMES])
        return JsonResponse([label_of(record) for record in found], safe=False)
