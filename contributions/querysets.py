"""Querysets of calls, contributions and related records, which decide who may read them."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Left, NullIf
from django.utils import timezone

from dialogues.querysets import OF_DIALOGUE
from publishing.models.gate import GatedQuerySet

LAST_HOURS = timedelta(hours=24)  # before a call closes, in which it can be answered without a code
OPENING_LENGTH = 1_000  # characters of Markdown
OF_REVISION = ("title", "language", "organization_name", "person_name", "signers", "confirmed_signers", "appear_as")
SHOWN_IN_LISTS = (
    "reference", "published_at",
    *(f"shown__{name}" for name in OF_REVISION), *(f"call__dialogue__{name}" for name in OF_DIALOGUE),
)  # fmt: skip


def filed_by(user: Any, path: str = "") -> Q:
    """Return the condition that `user` filed a contribution, or is in the team that it is shared with."""
    teams = apps.get_model("contributions", "Membership").objects.filter(user=user).values("team")
    return Q(**{f"{path}filer": user}) | Q(**{f"{path}team__in": teams})


class CallQuerySet(GatedQuerySet):
    """Calls. A call is public when it and its dialogue are published."""

    gates = ("published_at", "dialogue__published_at")
    dialogue = "dialogue"

    def open(self, now: datetime | None = None) -> Self:
        """Return calls that accept contributions at `now`, by the server's clock.

        At the closing time itself, a call is closed.
        """
        now = now or timezone.now()
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def closing_soon(self) -> Self:
        """Return open calls that close within LAST_HOURS."""
        now = timezone.now()
        return self.open(now).filter(closes_at__lte=now + LAST_HOURS)

    def for_anyone(self) -> Self:
        """Return calls that need no invitation."""
        return self.filter(audience="anyone")


class GuidingQuestionQuerySet(QuerySet):
    """Guiding questions. Those who may see a call may see its questions."""

    def visible_to(self, user: Any) -> Self:
        """Return the questions of the calls that `user` may see."""
        calls: Any = apps.get_model("contributions.Call")._default_manager
        return self.filter(call__in=calls.visible_to(user))


class ContributionQuerySet(GatedQuerySet):
    """Contributions. A contribution is public when it and the dialogue of its call are."""

    gates = ("published_at", "call__dialogue__published_at")

    def visible_to(self, user: Any) -> Self:
        """Return what `user` may read.

        Reviewers read everything that was submitted. Other users, chairs among them, read what is published and what
        they filed.
        """
        if user.has_perm("contributions.view_contribution"):
            return self.filter(~Q(state="draft") | filed_by(user))
        if not user.is_authenticated:
            return self.published()
        return self.filter(self.is_open() | filed_by(user))

    def tombstones(self) -> Self:
        """Return withdrawn contributions that were once public. Their pages may say only that."""
        dialogues = apps.get_model("dialogues", "Dialogue").objects.published()
        return self.filter(state="withdrawn", was_public=True, call__dialogue__in=dialogues)

    def due(self, now: datetime | None = None) -> Self:
        """Return accepted contributions that were scheduled for publication by `now`."""
        return self.filter(state="accepted", publish_at__lte=now or timezone.now())

    def submitted_for(self, user: Any) -> Self:
        """Return what was submitted, of what `user` may read. A draft is its filer's own."""
        return self.visible_to(user).exclude(state="draft")

    def to_review_by(self, user: Any) -> Self:
        """Return the undecided submissions that are assigned to `user` or to nobody, oldest first."""
        free = Q(assigned_to=None) | Q(assigned_to=user.pk)
        return self.submitted_for(user).filter(free, state="submitted").order_by("newest__sent_at", "pk")

    def filed_by(self, user: Any) -> Self:
        """Return the drafts and submissions of `user` and those that are shared with them, newest first."""
        return self.filter(filed_by(user)).order_by("-updated_at")

    def writers(self) -> Any:
        """Return the open accounts that may change some of these: of filers, and of the teams with which they share.

        Those who left a team are not among them.
        """
        memberships = apps.get_model("contributions", "Membership").objects.filter(team__in=self.values("team"))
        theirs = Q(pk__in=self.values("filer")) | Q(pk__in=memberships.values("user"))
        return get_user_model().objects.filter(theirs, is_active=True).order_by("pk")

    def with_visibility_for(self, user: Any) -> Self:
        """Annotate `shows_call` and `shows_dialogue`: whether `user` may read the names of the call and the dialogue.

        A filer can still read their contribution after its call or dialogue was hidden again and perhaps renamed.
        """
        shown = {
            "call": apps.get_model("contributions", "Call").objects.visible_to(user).filter(pk=OuterRef("call")),
            "dialogue": apps.get_model("dialogues", "Dialogue")
            .objects.visible_to(user)
            .filter(pk=OuterRef("call__dialogue")),
        }
        return self.annotate(**{f"shows_{name}": Exists(records) for name, records in shown.items()})

    def for_lists(self) -> Self:
        """Fetch what a row of a list and a search result show. All fields, with the text, would take twice as long."""
        return self.select_related("call__dialogue__series", "shown").only(*SHOWN_IN_LISTS)

    def with_openings(self) -> Self:
        """Add `opening`: the beginning of the public text, or of the first answer if there is no text. Markdown."""
        answers = apps.get_model("contributions", "Answer").objects.filter(revision=OuterRef("shown")).exclude(text="")
        first_answer = answers.order_by("number").values("text")[:1]
        text = Coalesce(NullIf("shown__text", Value("")), Subquery(first_answer), Value(""))
        return self.annotate(opening=Left(text, OPENING_LENGTH))

    def for_page(self) -> Self:
        """Fetch what the page of a contribution shows, without its topics, answers and files."""
        return self.select_related("call__dialogue__series", "organization", "shown")


class RevisionQuerySet(QuerySet[Any]):
    """Revisions. Only its filer may read one that was not submitted."""

    def drafts(self) -> Self:
        """Return revisions that were not submitted."""
        return self.filter(sent_at=None)

    def sent(self) -> Self:
        """Return revisions that were submitted."""
        return self.exclude(sent_at=None)

    def filed_by(self, user: Any) -> Self:
        """Return the revisions of contributions that `user` filed, or that are shared with them."""
        return self.filter(filed_by(user, "contribution__"))


class AttachmentQuerySet(GatedQuerySet):
    """Attachments. A file is public with the revision that the public reads; files of other revisions are not."""

    gates = ("revision__contribution__published_at", "revision__contribution__call__dialogue__published_at")

    def is_open(self) -> Q:
        return super().is_open() & Q(revision=F("revision__contribution__shown"))

    def visible_to(self, user: Any) -> Self:
        """Return what `user` may read. Reviewers read submitted files, and filers read all of their own."""
        if not user.is_authenticated:
            return self.published()
        own = filed_by(user, "revision__contribution__")
        if user.has_perm("contributions.view_contribution"):
            return self.filter(Q(revision__sent_at__isnull=False) | own)
        return self.filter(self.is_open() | own)

    def for_lists(self) -> Self:
        """Fetch what a row of a list of files shows."""
        return self.select_related("document__clean_copy", "revision__contribution")

    def newest(self) -> Self:
        """Return the files of the newest submitted revisions, which reviewers look at."""
        return self.filter(revision=F("revision__contribution__newest"))


class CallLetterQuerySet(QuerySet[Any]):
    """Letters from staff to the filers of a call."""

    def visible_to(self, user: Any) -> Self:
        """Return the letters about calls that `user` may read, if they may read letters at all."""
        if not user.has_perm("contributions.view_callletter"):
            return self.none()
        return self.filter(call__in=apps.get_model("contributions", "Call").objects.visible_to(user))

    def drafts(self) -> Self:
        """Return those that were not sent."""
        return self.filter(sent_at=None)

    def sent(self) -> Self:
        """Return those that were sent, the last one first."""
        return self.exclude(sent_at=None).order_by("-sent_at", "-pk")


class InvitationQuerySet(QuerySet[Any]):
    """Invitations. Those who are invited find theirs by its secret only."""

    def visible_to(self, user: Any) -> Self:
        """Return the invitations to calls that `user` may read, if they may read invitations at all."""
        if not user.has_perm("contributions.view_invitation"):
            return self.none()
        return self.filter(call__in=apps.get_model("contributions", "Call").objects.visible_to(user))

    def unused(self) -> Self:
        """Return invitations that nobody has redeemed."""
        return self.filter(contribution=None)


class HeldContributionQuerySet(QuerySet[Any]):
    """Contributions from addresses that are not proved. Only the owner of the address may read them."""

    def of_owner(self, user: Any) -> Self:
        """Return what came with the address of a signed-in user. Both are stored in lower case.

        They are compared exactly, because PostgreSQL takes the dotless i of Turkish for an i where case is ignored.
        """
        return self.filter(address=user.email) if user.is_authenticated else self.none()


class ReflectionQuerySet(GatedQuerySet):
    """Reflections.

    A reflection is public with its paragraph. Its source has its own gate, which callers must check too.
    """

    gates = ("paragraph__summary__published_at", "paragraph__summary__dialogue__published_at")
    dialogue = "paragraph__summary__dialogue"

    def with_paragraphs(self) -> Self:
        """Fetch the paragraph and summary of each reflection."""
        return self.select_related("paragraph__summary")
