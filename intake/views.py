"""The page for a press release: staff submit a text, correct the proposals beside it, and accept them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User

from . import signals, workflow
from .forms import PressReview, TextForm, more_rows

TITLES = {
    "meetings": gettext_lazy("Dialogues"), "people": gettext_lazy("People who speak"),
    "quotes": gettext_lazy("Quotes"), "topics": gettext_lazy("Topics"),
}  # fmt: skip
LABELS = {
    "meetings": gettext_lazy("Dialogue"), "people": gettext_lazy("Person"), "quotes": gettext_lazy("Quote"),
    "topics": gettext_lazy("Topic"),
}  # fmt: skip


@dataclass(frozen=True)
class TextPiece:
    """Part of the text. If it is marked, `kind` and `row` name the row that it belongs to."""

    text: str
    kind: str = ""
    row: str = ""

    @property
    def label(self) -> str | Promise:
        """What the mark stands for."""
        return LABELS.get(self.kind, "")


TYPED = "press-typed"  # in the session: what was typed before the records were taken back


def fill_again(request: HttpRequest, typed: str) -> str:
    """Return an address at which the review is filled with what was typed, after its records were taken back.

    `typed` is the form as it was submitted. It is kept in the session until the page is used for something else.
    """
    request.session[TYPED] = typed
    return f"{reverse('intake:press')}?again"


def _typed_before(request: HttpRequest) -> PressReview | None:
    """Return the review that the address asks for again; forget it if it asks for none."""
    if request.method == "GET" and "again" in request.GET and (typed := request.session.get(TYPED)):
        data = QueryDict(typed)
        return PressReview(data["text"], cast("User", request.user), data)
    request.session.pop(TYPED, None)
    return None


def press(request: HttpRequest) -> HttpResponse:
    """Ask for a text, show the proposals for it, or accept some of them. Nothing is in a record in between."""
    if not request.user.has_perm("dialogues.add_newsitem"):
        raise PermissionDenied
    if review := _typed_before(request):
        return _page(request, TextForm(initial={"text": review.text}), review)
    if request.method != "POST":
        return _page(request, TextForm())
    form = TextForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    text = form.cleaned_data["text"]
    user = cast("User", request.user)  # the admin lets no one else in
    if "add" in request.POST:
        return _page(request, form, PressReview(text, user, more_rows(request.POST)))
    if "accept" not in request.POST:
        return _propose(request, user, text)
    review = PressReview(text, user, request.POST)
    if review.is_valid() and _accept(request, review):
        review.is_valid()
    return _page(request, TextForm(initial={"text": text}), review)


def _propose(request: HttpRequest, user: User, text: str) -> HttpResponse:
    """Show the proposals for a text."""
    review = PressReview.of(text, user)
    found = review.proposals
    if not (found.meetings or found.people or found.quotes):
        messages.warning(request, _("No dialogue, no speaker and no quote was found in this text: add them by hand."))
    return _page(request, TextForm(initial={"text": text}), review)


def _accept(request: HttpRequest, review: PressReview) -> bool:
    """Save the chosen rows; return whether that succeeded."""
    chosen = review.ticked()
    if not chosen:
        messages.warning(request, _("Nothing was ticked, so nothing was saved."))
        return False
    if not review.check_required(chosen):
        return False
    try:
        created = workflow.accept(
            review.release(), chosen, by=review.user, and_publish=bool(request.POST.get("and_publish"))
        )
    except workflow.RowsRefusedError as error:
        for (kind, number), sentence in error.sentences.items():
            review.rows(kind)[number].add_error(None, sentence)
        return False
    signals.release_accepted.send(sender=None, request=request, created=created)
    done = ngettext("%d new record was made.", "%d new records were made.", len(created)) % len(created)
    messages.success(request, done if created else _("All of that existed already: nothing was created twice."))
    return True


def _page(request: HttpRequest, form: Form, review: PressReview | None = None) -> HttpResponse:
    """Render the form for a text, or the review of one."""
    context = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,  # the text and its rows need the width
        "title": _("Press release"),
        "form": form,
        "review": review,
    }
    if review:
        is_valid = review.is_bound and review.is_valid()
        existing = review.existing() if is_valid else {}
        context.update(
            pieces=list(mark_text(review)),
            groups=[_group(review, kind, existing) for kind in review.formsets],
            news_row=_row(review.news, "news", 0, existing),
            news_label=_("News item"),
            names=dict.fromkeys(name for one in review.rows("people") if (name := one["name"].value())),
            has_errors=review.is_bound and not is_valid and "accept" in request.POST,
            may_publish=request.user.has_perm("dialogues.publish_newsitem"),
            and_publish=request.POST.get("and_publish"),
        )
    return TemplateResponse(request, "admin/intake/press.html", context)


def _group(review: PressReview, kind: str, existing: dict[workflow.RowKey, Model]) -> dict[str, Any]:
    """Return the rows of one kind for the template, and an empty one for the script."""
    formset = review.formsets[kind]
    rows = [_row(form, kind, number, existing) for number, form in enumerate(review.rows(kind))]
    empty = {"form": formset.empty_form, "name": f"{kind}-__prefix__", "number": "__number__"}
    return {
        "title": TITLES[kind], "label": LABELS[kind], "kind": kind, "management": formset.management_form,
        "rows": rows, "empty": empty,
    }  # fmt: skip


def _row(form: Form, kind: str, number: int, existing: dict[workflow.RowKey, Model]) -> dict[str, Any]:
    """Return one row: its form, its name in links, its number, and the existing record, if any."""
    record = existing.get((kind, number))
    return {
        "form": form, "name": f"{kind}-{number}", "number": number + 1, "record": record,
        "address": _change_url(record),
    }  # fmt: skip


def _change_url(record: Model | None) -> str:
    """Return the admin page of a record, or "" if there is none."""
    if record is None:
        return ""
    try:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""


def mark_text(review: PressReview) -> Iterator[TextPiece]:
    """Yield the whole text in pieces, with the words of the rows marked. If two overlap, the first is marked."""
    text, place = review.text, 0
    for start, end, kind, number in sorted(review.spans()):
        if start < place:
            continue
        if start > place:
            yield TextPiece(text[place:start])
        yield TextPiece(text[start:end], kind, f"{kind}-{number}")
        place = end
    yield TextPiece(text[place:])
