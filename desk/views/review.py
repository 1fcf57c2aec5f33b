"""The review of contributions: the page of one, with its decisions, and its revisions side by side."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from contributions import workflow
from contributions.arrival import arrival_sentences
from contributions.checklists import Checklist, checklist_of
from contributions.models import Check
from publishing.models import Verb
from text.lists import joined

from ..access import DeskMixin
from ..kinds import key_of
from ..review_context import comparison_context, screening_context
from ..review_files import ShownFile, anchors, shown_files
from ..review_forms import CaseForm, DecisionForm
from ..review_moves import REVIEW_MOVES, WAITING, ReviewMove, offered
from ..review_queue import Queue, reviewable
from ..undo import offer

TYPED = ("note", "moment", "staff_note")
TYPED_KEY = "desk-review-typed"
MOST_TYPED = 10_000  # characters of one field that are kept while somebody signs in again
PUBLISH_PERMISSION = "contributions.publish_contribution"


class ReviewMixin(DeskMixin):
    """A page about one contribution that was submitted, by its reference."""

    permissions: tuple[str, ...] = ("contributions.view_contribution",)

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        records = reviewable(request.user).with_visibility_for(request.user)
        records = records.select_related("call__dialogue__series", "newest", "shown", "assigned_to", "organization")
        self.record: Any = get_object_or_404(records, reference=kwargs["reference"])
        self.revision = self.record.newest
        self.revision.contribution = self.record
        return super().enter(request, **kwargs)


class ReviewPageView(ReviewMixin, TemplateView):
    """What was sent and the text of its files, beside its checklist and the decisions."""

    template_name = "desk/review_page.html"

    def handle_no_permission(self) -> HttpResponseRedirect:
        """Send visitors to the sign-in page. What a reviewer wrote is kept until they are back."""
        request = self.request
        if request.method == "POST" and not request.user.is_authenticated:
            typed = {name: request.POST.get(name, "")[:MOST_TYPED] for name in TYPED}
            request.session[TYPED_KEY] = {"path": request.path, **typed}
        return super().handle_no_permission()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = request.session.get(TYPED_KEY, {})
        if typed.get("path") != request.path:
            return self.show(self.decision_form())
        del request.session[TYPED_KEY]
        messages.info(request, _("You were signed out, and nothing was decided. What you wrote is still here."))
        return self.show(self.decision_form(initial=typed))

    def decision_form(self, *args: Any, **kwargs: Any) -> DecisionForm:
        """Return the form of what is written with a decision."""
        return DecisionForm(*args, has_filer=self.record.filer_id is not None, **kwargs)

    def show(self, form: DecisionForm, *, error: str = "", case: CaseForm | None = None) -> HttpResponse:
        """Show the page, with what a reviewer has typed and why it was refused."""
        user: Any = self.request.user
        self.is_waiting, self.may_publish = self.record.state in WAITING, user.has_perm(PUBLISH_PERMISSION)
        if self.is_waiting and self.may_publish:
            workflow.look(self.record, by=user)
        if case is None:
            case = CaseForm(instance=self.record, user=user)
        context = self.get_context_data(form=form, case=case, error=error)
        is_refused = bool(error or form.errors or case.errors)
        return self.render_to_response(context, status=422 if is_refused else 200)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        queue, record, revision = Queue(self.request.GET, user), self.record, self.revision
        checklist = checklist_of(record)
        files = shown_files(revision, user)
        moves, form = offered(record, user, checklist), kwargs["form"]
        uses = {
            "note": any(move.takes_note for move in moves),
            "moment": any(move.verb == Verb.ACCEPT for move in moves),
            "staff_note": True,
        }
        context = super().get_context_data(
            record=record,
            revision=revision,
            files=files,
            unread=[file for file in files if file.is_unread],
            revisions=record.revisions.sent(),
            arrival=arrival_sentences(revision),
            may_correct=self.may_publish and record.can_be_corrected_by_staff,
            staff_notes=record.notes.select_related("author"),
            log=record.transitions.select_related("actor"),
            is_waiting=self.is_waiting,
            may_publish=self.may_publish,
            may_change=user.has_perm("contributions.change_contribution"),
            shows_filer=user.has_perm("accounts.view_user"),
            checklist=checklist,
            moves=moves,
            written=[form[name] for name, is_used in uses.items() if is_used],
            queue=queue,
            place=queue.neighbours(record),
            **kwargs,
        )
        return context | self.decision_context(checklist, files) if self.is_waiting else context

    def decision_context(self, checklist: Checklist, files: Sequence[ShownFile]) -> dict[str, Any]:
        """Return what a decision needs: the points of the checklist, and what the screening found."""
        user: Any = self.request.user
        checks = self.revision.checks.select_related("by")
        if self.record.call.needs_second_reader:
            checks = checks.filter(by=user)
        settled = {check.point: check for check in checks}
        context = screening_context(self.revision)
        on_page = anchors(files)
        for item in [*context["findings"], *context["other_doubts"]]:
            item["address"] = on_page.get(item["address"], item["address"])
        return context | {
            "points": [(point, settled.get(point)) for point in Check.Point],
            "has_settled": len(settled) == len(Check.Point),
            "may_complete": checklist.may_complete(user),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if not user.has_perm("contributions.change_contribution"):
            raise PermissionDenied
        if request.POST.get("verb") == "case":
            return self.save_case(CaseForm(request.POST, instance=self.record, user=user))
        form = self.decision_form(request.POST)
        if not form.is_valid():
            return self.show(form)
        move = REVIEW_MOVES.get(request.POST.get("verb", ""))
        if move and not user.has_perm(PUBLISH_PERMISSION):
            raise PermissionDenied
        queue = Queue(request.GET, user)
        place = queue.neighbours(self.record)
        try:
            with transaction.atomic():
                self.save(form, move)
        except ValidationError as error:
            self.enter(request, **kwargs)  # what is stored now, which may be a newer revision
            return self.show(form, error=error.messages[0])
        if move is None:
            messages.success(request, f"{self.record.reference}: {_('Saved.')}")
            return HttpResponseRedirect(request.get_full_path())
        # The script of the page knows by the reference that what was typed is saved.
        messages.success(request, f"{self.record.reference} {self.revision.title}: {move.done}")
        if move.verb in (Verb.PUBLISH, Verb.UNPUBLISH):
            offer(request, move.name, [key_of(self.record)])
        return HttpResponseRedirect(self.next_page(queue, place))

    def next_page(self, queue: Queue, place: Any) -> str:
        """Return the page after a decision: the next of the queue, or this one if the queue did not contain it."""
        if not place.is_in_queue:
            return self.request.get_full_path()
        if place.following:
            return reverse("desk:review-page", args=[place.following]) + queue.query
        return reverse("desk:review") + queue.query

    def save_case(self, case: CaseForm) -> HttpResponse:
        """Save the organization, the topics and the reviewer."""
        if not case.is_valid():
            self.record.refresh_from_db()
            return self.show(self.decision_form(), case=case)
        case.save()
        messages.success(self.request, _("Saved."))
        return HttpResponseRedirect(self.request.get_full_path())

    def save(self, form: DecisionForm, move: ReviewMove | None) -> None:
        """Save the note, settle the checklist and make the move, all or nothing. Raises ValidationError."""
        user: Any = self.request.user
        seen = self.seen_revision()
        if form.cleaned_data["staff_note"].strip():
            workflow.add_note(self.record, by=user, text=form.cleaned_data["staff_note"])
        if "checklist" in self.request.POST and user.has_perm(PUBLISH_PERMISSION):
            workflow.set_checklist(self.record, by=user, points=self.points(), seen=seen)
        if move is None:
            return
        arguments: dict[str, Any] = {"note": form.cleaned_data["note"]} if move.takes_note else {}
        if move.verb == Verb.ACCEPT:
            arguments["publish_at"] = form.cleaned_data["moment"]
        if move.verb not in (Verb.UNPUBLISH, Verb.WITHDRAW):
            arguments["seen"] = seen
        move.run(self.record, by=user, **arguments)

    def points(self) -> list[str]:
        """Return the points that are ticked, or all of them if the reviewer has looked at everything."""
        post = self.request.POST
        if "everything" not in post:
            return [point for point in post.getlist("points") if point in Check.Point]
        unread = [str(file.number) for file in shown_files(self.revision, self.request.user) if file.is_unread]
        if unread:
            numbers = joined(unread)
            raise ValidationError(_("Open these files first, as not all of their text is here: %s.") % numbers)
        return list(Check.Point.values)

    def seen_revision(self) -> int:
        """Return the number of the revision that was on the page; -1, which no revision has, if it is not known."""
        number = self.request.POST.get("revision", "")
        return int(number) if number.isdecimal() and len(number) < 6 else -1


class ReviewFileView(ReviewMixin, View):
    """Opens a file of the newest revision, and records that the reviewer has opened it."""

    def get(self, request: HttpRequest, reference: str, number: int) -> HttpResponse:
        attachment = get_object_or_404(self.revision.attachments.for_lists(), number=number)
        if attachment.document.copy is None:
            raise Http404
        with suppress(PermissionDenied):  # a user who may only read settles no checklist
            workflow.look(self.record, by=request.user, file=attachment)
        has_text = attachment.document.pages.exists()
        return HttpResponseRedirect(attachment.get_absolute_url() if has_text else attachment.get_download_url())


class ReviewPicturesView(ReviewMixin, View):
    """Turns pages of a held file into pictures. The reviewer then opens the new copy."""

    http_method_names = ["post"]
    permissions = (PUBLISH_PERMISSION,)

    def post(self, request: HttpRequest, reference: str, number: int) -> HttpResponse:
        attachment = get_object_or_404(self.revision.attachments.for_lists(), number=number)
        try:
            workflow.turn_into_pictures(attachment, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(
                request,
                _("These pages are being turned into pictures. When that is done, open the file and look at them."),
            )
        page = reverse("desk:review-page", args=[reference]) + Queue(request.GET, request.user).query
        return HttpResponseRedirect(f"{page}#file-{number}")


class ReviewRevisionsView(ReviewMixin, TemplateView):
    """Two revisions side by side, by default the last two."""

    template_name = "desk/review_revisions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        queue = Queue(self.request.GET, self.request.user)
        found = comparison_context(self.record, self.request.GET)
        return super().get_context_data(record=self.record, queue=queue, **found, **kwargs)


class ReviewSignersView(ReviewMixin, View):
    """Confirms joint signers on behalf of a reviewer who knows that they have agreed."""

    permissions = (PUBLISH_PERMISSION,)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        try:
            workflow.confirm_signers(self.record, request.POST.getlist("signer"), by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Saved."))
        return HttpResponseRedirect(
            reverse("desk:review-page", args=[reference]) + Queue(request.GET, request.user).query
        )
