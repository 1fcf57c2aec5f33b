from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from dialogues.querysets import GatedQuerySet


class CallQuerySet(GatedQuerySet):
    gates = ("published_at", "dialogue__published_at")
    dialogue = "dialogue"

    def open(self, now=None):
        """Those that take contributions at `now`, by the server's clock; the closing hour itself is too late."""
        now = now or timezone.now()
        return self.filter(opens_at__lte=now, closes_at__gt=now)


class ContributionQuerySet(GatedQuerySet):
    gates = ("published_at", "call__dialogue__published_at")

    def visible_to(self, user):
        """Reviewers see what was sent in; others what is published, and their own. Chairs see no more than others.

        What was returned is seen by reviewers as its filer saves it, before it is sent again: it is one row, and to
        keep the words and files that were sent beside those being written would take two. The page of the draft says
        so to the filer.
        """
        if user.has_perm("contributions.view_contribution"):
            return self.exclude(state="draft") | self.filter(filer=user)
        if not user.is_authenticated:
            return self.published()
        return self.filter(self.is_open() | Q(filer=user))

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
        topics = apps.get_model("dialogues", "Topic").objects.published()
        return self.select_related("call__dialogue__series", "organization").prefetch_related(
            Prefetch("topics", topics)
        )


class AttachmentQuerySet(GatedQuerySet):
    gates = ("contribution__published_at", "contribution__call__dialogue__published_at")

    def visible_to(self, user):
        """A file is seen by those who see its contribution."""
        contributions = apps.get_model("contributions", "Contribution").objects.visible_to(user)
        return self.filter(contribution__in=contributions)
