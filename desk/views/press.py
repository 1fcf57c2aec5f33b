"""The page for a press release: staff submit a text, correct the proposals beside it, and accept them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.models import User
from intake import workflow
from intake.forms import PressReview, TextForm, more_rows

from ..access import DeskMixin
from ..kinds import desk_page
from ..undo import keys_of, offer

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
    return f"{reverse('desk:press-release')}?again"


def _typed_before(request: HttpRequest) -> PressReview | None:
    """Return the review that the address asks for again; forget it if it asks for none."""
    if "again" in request.GET and (typed := request.session.get(TYPED)):
        data = QueryDict(typed)
        return PressReview(data["text"], cast("User", request.user), data)
    request.session.pop(TYPED, None)
    return None


class PressReleaseView(DeskMixin, TemplateView):
    """Ask for a text, show the proposals for it, or accept some of them. Nothing is saved before that."""

    permissions = ("dialogues.add_newsitem",)
    template_name = "desk/press.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        review = _typed_before(request)
        return self.show(TextForm(initial={"text": review.text}) if review else TextForm(), review)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        request.session.pop(TYPED, None)
        form = TextForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        text = form.cleaned_data["text"]
        user: Any = request.user
        if "add" in request.POST:
            return self.show(form, PressReview(text, user, more_rows(request.POST)))
        if "accept" in request.POST:
            review = PressReview(text, user, request.POST)
            if review.is_valid() and _accept(request, review):
                review.is_valid()
        else:
            review = PressReview.of(text, user)
            _warn_of_nothing(request, review)
        return self.show(TextForm(initial={"text": text}), review)

    def show(self, form: Form, review: PressReview | None = None) -> HttpResponse:
        """Return the page with the form for a text, or with the review of one."""
        context = self.get_context_data(form=form, review=review)
        if review:
            context |= _review_context(review, self.request)
        return self.render_to_response(context)


def _warn_of_nothing(request: HttpRequest, review: PressReview) -> None:
    """Say so if nothing was found in the text."""
    found = review.proposals
    if not (found.meetings or found.people or found.quotes):
        messages.warning(request, _("No dialogue, no speaker and no quote was found in this text: add them by hand."))


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
    if created:
        offer(request, "bring in", keys_of(created), form=request.POST.urlencode())
    done = ngettext("%d new record was made.", "%d new records were made.", len(created)) % len(created)
    messages.success(request, done if created else _("All of that existed already: nothing was created twice."))
    return True


def _review_context(review: PressReview, request: HttpRequest) -> dict[str, Any]:
    """Return what the template of a review shows."""
    is_valid = review.is_bound and review.is_valid()
    existing = review.existing() if is_valid else {}
    return {
        "pieces": list(mark_text(review)),
        "groups": [_group(review, kind, existing) for kind in review.formsets],
        "news_row": _row(review.news, "news", 0, existing),
        "news_label": _("News item"),
        "names": dict.fromkeys(name for one in review.rows("people") if (name := one["name"].value())),
        "has_errors": review.is_bound and not is_valid and "accept" in request.POST,
        "may_publish": request.user.has_perm("dialogues.publish_newsitem"),
        "and_publish": request.POST.get("and_publish"),
    }


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
        "address": desk_page(record) if record else "",
    }  # fmt: skip


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
