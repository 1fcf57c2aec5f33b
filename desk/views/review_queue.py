"""The queue of contributions to review, and decisions on several of them at once."""

from collections.abc import Callable, Mapping, Set
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import ListView, TemplateView

from contributions import workflow
from contributions.checklists import prefetched_checklist
from contributions.models import Contribution
from publishing import publication_effects

from ..access import DeskMixin
from ..kinds import key_of, pk_in
from ..review_forms import MomentField, reviewers
from ..review_moves import decide_several, require_publishable
from ..review_queue import Queue, reviewable
from ..undo import offer
from .review import PUBLISH_PERMISSION

MOST_DECIDED = 100  # at once

Refused = list[tuple[Contribution, str]]


class SeveralMixin(DeskMixin):
    """A page on which several contributions are decided at once."""

    permissions: tuple[str, ...] = ("contributions.view_contribution",)
    request: HttpRequest

    def chosen(self, query: Any) -> list[Contribution]:
        """Return the chosen contributions that the user may review, in the order of the queue."""
        # PostgreSQL refuses a text with a NUL character, which no reference has.
        references = [text for text in query.getlist("record")[:MOST_DECIDED] if "\0" not in text]
        found = {one.reference: one for one in reviewable(self.request.user).filter(reference__in=references)}
        return [found[reference] for reference in dict.fromkeys(references) if reference in found]

    def report(self, done: list[Contribution], refused: Refused, sentence: str = "") -> None:
        """Tell how many went through, and for each of the others why it did not."""
        if done:
            messages.success(self.request, sentence or _done(len(done)))
        for contribution, reason in refused:
            messages.error(self.request, f"{contribution.reference}: {reason}")


def _done(number: int) -> str:
    return ngettext("%(number)d contribution done.", "%(number)d contributions done.", number) % {"number": number}


def _query(queue: Queue, records: list[Contribution]) -> str:
    """Return the query of an address that keeps the filters of the queue and the chosen contributions."""
    chosen = urlencode([("record", one.reference) for one in records])
    return f"{queue.query or '?'}&{chosen}"


class ReviewQueueView(SeveralMixin, ListView):
    """The contributions of the queue, with its filters; several can be decided at once.

    If nothing could be done, the ticks and the time that was entered are kept. The ticks are also kept for those who
    come back from the page on which they publish.
    """

    template_name = "desk/review.html"
    context_object_name = "contributions"
    paginate_by = 50
    ticked: Set[str] = frozenset()
    kept: Mapping[str, str] = {}

    def get_queryset(self) -> Any:
        self.queue = Queue(self.request.GET, self.request.user)
        return self.queue.for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        context: dict[str, Any] = super().get_context_data(
            queue=self.queue,
            may_publish=user.has_perm(PUBLISH_PERMISSION),
            may_change=user.has_perm("contributions.change_contribution"),
            reviewers=reviewers(),
            kept=self.kept,
            **kwargs,
        )
        today, ticked = timezone.localdate(), self.ticked or set(self.request.GET.getlist("record"))
        for contribution in context["contributions"]:
            contribution.days = (today - timezone.localdate(contribution.newest.sent_at)).days
            contribution.checklist = prefetched_checklist(contribution)
            contribution.is_ticked = contribution.reference in ticked
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user, post = request.user, request.POST
        if not user.has_perm("contributions.change_contribution"):
            raise PermissionDenied
        queue = Queue(request.GET, user)
        records, verb = self.chosen(post), post.get("verb")
        is_done = False
        if not records:
            messages.error(request, _("Tick one or more contributions first."))
        elif verb == "assign":
            is_done = self.assign(records, post.get("to", ""))
        elif not user.has_perm(PUBLISH_PERMISSION):
            raise PermissionDenied
        elif verb == "publish":
            return redirect(reverse("desk:review-publish") + _query(queue, records))
        elif verb in ("accept", "schedule"):
            is_done = self.accept(records, post, is_scheduled=verb == "schedule")
        if is_done:
            return redirect(reverse("desk:review") + queue.query)
        self.ticked = {one.reference for one in records}
        self.kept = {name: post.get(name, "") for name in ("moment", "to")}
        page = self.get(request, *args, **kwargs)
        page.status_code = 422
        return page

    def assign(self, records: list[Contribution], to: str) -> bool:
        """Assign contributions to a reviewer by primary key, to the user ("me"), or to nobody ("nobody").

        Return whether that was done.
        """
        user: Any = self.request.user
        whom = {"me": user, "nobody": None}
        if to not in whom:
            whom[to] = reviewers().filter(pk=pk_in(to)).first()
            if whom[to] is None:
                messages.error(self.request, _("Choose a reviewer first."))
                return False
        for contribution in records:
            workflow.assign(contribution, by=user, to=whom[to])
        self.report(records, [])
        return True

    def accept(self, records: list[Contribution], post: Mapping[str, str], *, is_scheduled: bool) -> bool:
        """Accept contributions, to be published by hand or at a time, and return whether any were."""
        moment = None
        if is_scheduled:
            try:
                moment = MomentField().clean(post.get("moment", ""))
            except ValidationError:
                messages.error(self.request, _("Enter when to publish them."))
                return False
        user = self.request.user
        done, refused = decide_several(records, user, lambda one: workflow.accept(one, by=user, publish_at=moment))
        self.report(done, refused)
        return bool(done)


class ReviewPublishView(SeveralMixin, TemplateView):
    """Publish several contributions, after showing what becomes public and which ones are refused."""

    permissions = ("contributions.view_contribution", PUBLISH_PERMISSION)
    template_name = "desk/review_publish.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        queue = Queue(self.request.GET, user)
        ready, refused = self.decide(lambda one: require_publishable(one, user))
        known = reviewable(user).with_visibility_for(user).filter(pk__in=[one.pk for one in ready], shows_dialogue=True)
        parents = {parent for one in known for parent in publication_effects.closed_parents(one)}
        return super().get_context_data(
            ready=ready,
            refused=refused,
            shown=publication_effects.shown_by(ready),
            closed_parents=sorted(parents, key=str),
            keeps_hidden=any(publication_effects.closed_parents(one) for one in ready),
            queue=queue,
            back=reverse("desk:review") + _query(queue, self.chosen(self.request.GET)),
            **kwargs,
        )

    def decide(self, run: Callable[[Contribution], object]) -> tuple[list[Contribution], Refused]:
        """Run a function on each chosen contribution that was looked at."""
        return decide_several(self.chosen(self.request.GET), self.request.user, run)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        done, refused = self.decide(lambda one: workflow.publish(one, by=request.user, seen=one.newest.number))
        self.report(done, refused)
        if done:
            offer(request, "publish", [key_of(one) for one in done])
        return redirect(reverse("desk:review") + Queue(request.GET, request.user).query)
