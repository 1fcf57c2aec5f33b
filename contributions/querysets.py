from django.apps import apps
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from publishing.querysets import GatedQuerySet


class CallQuerySet(GatedQuerySet):
    gates = ("published_at", "dialogue__published_at")
    dialogue = "dialogue"

    def open(self, now=None):
        """Those that take contributions at `now`, by the server's clock; the closing hour itself is too late."""
        now = now or timezone.now()
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def for_anyone(self):
        """Those that need no invitation."""
        return self.filter(audience="anyone")


class ContributionQuerySet(GatedQuerySet):
    gates = ("published_at", "call__dialogue__published_at")

    def visible_to(self, user):
        """Reviewers see what was sent in; others what is published, and their own. Chairs see no more than others."""
        if user.has_perm("contributions.view_contribution"):
            return self.exclude(state="draft") | self.filter(filer=user)
        if not user.is_authenticated:
            return self.published()
        return self.filter(self.is_open() | Q(filer=user))

    def tombstones(self):
        """What everyone could read once and its sender took away; nothing but that may be said of it."""
        dialogues = apps.get_model("dialogues", "Dialogue").objects.published()
        return self.filter(state="withdrawn", was_public=True, call__dialogue__in=dialogues)

    def due(self, now=None):
        """What is accepted and was to be published by `now`."""
        return self.filter(state="accepted", publish_at__lte=now or timezone.now())

    def filed_by(self, user):
        """What this person drafted or sent, newest first."""
        return self.filter(filer=user).order_by("-updated_at")

    def with_names_for(self, user):
        """Each with `shows_call` and `shows_dialogue`: whether `user` may read what its call and dialogue are called.

        Who sees a contribution, its filer for one, goes on seeing it when those are hidden again and renamed.
        """
        shown = {
            "call": apps.get_model("contributions", "Call").objects.visible_to(user).filter(pk=OuterRef("call")),
            "dialogue": apps.get_model("dialogues", "Dialogue")
            .objects.visible_to(user)
            .filter(pk=OuterRef("call__dialogue")),
        }
        return self.annotate(**{f"shows_{name}": Exists(records) for name, records in shown.items()})

    def for_lists(self):
        """With what a card shows, in two queries however many there are; of their topics, those that are public."""
        topics = apps.get_model("dialogues", "Topic").objects.published().by_name()
        return self.select_related("call__dialogue__series", "organization", "shown", "newest").prefetch_related(
            Prefetch("topics", topics)
        )


class RevisionQuerySet(QuerySet):
    """Reads revisions; one that was not sent is its filer's alone."""

    def being_written(self):
        return self.filter(sent_at=None)

    def sent(self):
        return self.exclude(sent_at=None)

    def filed_by(self, user):
        return self.filter(contribution__filer=user)


class AttachmentQuerySet(GatedQuerySet):
    gates = ("revision__contribution__published_at", "revision__contribution__call__dialogue__published_at")

    def is_open(self):
        """A file is public with the revision that is shown; those of other revisions are not."""
        return super().is_open() & Q(revision=F("revision__contribution__shown"))

    def visible_to(self, user):
        """Reviewers see the files that were sent, filers all of their own."""
        if not user.is_authenticated:
            return self.published()
        own = Q(revision__contribution__filer=user)
        if user.has_perm("contributions.view_contribution"):
            return self.filter(Q(revision__sent_at__isnull=False) | own)
        return self.filter(self.is_open() | own)

    def for_lists(self):
        """With what a line of a list of files shows."""
        return self.select_related("document__clean_copy", "revision__contribution")

    def newest(self):
        """Those of the revision that reviewers look at."""
        return self.filter(revision=F("revision__contribution__newest"))


class InvitationQuerySet(QuerySet):
    """Reads invitations, which are found by their secret alone."""

    def unused(self):
        return self.filter(contribution=None)


class ReflectionQuerySet(GatedQuerySet):
    """Follows its paragraph. What stands behind that has a gate of its own, which whoever shows it asks as well."""

    gates = ("paragraph__summary__published_at", "paragraph__summary__dialogue__published_at")
    dialogue = "paragraph__summary__dialogue"

    def with_paragraphs(self):
        """With where each belongs: what decides between versions and languages."""
        return self.select_related("paragraph__summary")
