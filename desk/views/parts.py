"""The parts of a dialogue's workspace that list what it has."""

from typing import Any

from django.db.models import Count, F, Prefetch, Q
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from dialogues.models import Appearance

from .. import overview
from ..dialogue_records import DialogueRecords
from ..kinds import key_of
from ..workspace import PartMixin, part_page
from .records import RestorableMixin


class PartView(PartMixin, TemplateView):
    """A part of the workspace, with a template named after it."""

    @property
    def records(self) -> DialogueRecords:
        """The records of the dialogue that the user may see."""
        return DialogueRecords(self.dialogue, self.request.user)

    def get_template_names(self) -> list[str]:
        return [f"desk/{self.part}.html"]


class OverviewView(RestorableMixin, PartView):
    """What is there, what is expected, what is missing, and the next step."""

    part = "overview"

    def key_in(self, **kwargs: Any) -> str:
        return f"dialogue-{kwargs['pk']}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rows=overview.overview(self.dialogue, self.request.user),
            step=overview.next_step(self.dialogue, self.request.user),
            **kwargs,
        )


class SummaryPartView(PartView):
    """The versions of the summary in each language."""

    part = "summary"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        summaries = self.records.summaries.select_related("dialogue", "document")
        counted = summaries.annotate(length=Count("paragraphs")).order_by("language", "-version")
        return super().get_context_data(summaries=list(counted), **kwargs)


class QuotesPartView(PartView):
    """The quotes of the dialogue, each with its speaker, and the statements from the floor."""

    part = "quotes"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        quotes = self.records.quotes.for_page()
        return super().get_context_data(
            quotes=quotes.order_by(F("published_at").asc(nulls_first=True), "pk"),
            has_people=self.dialogue.appearances.exists(),
            statements=self.records.statements.for_lists().select_related("document"),
            **kwargs,
        )


class DocumentsPartView(PartView):
    """The documents of the dialogue, those that it expects, and its photographs."""

    part = "documents"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        papers = self.records.papers.select_related("document", "dialogue")
        return super().get_context_data(
            papers=papers,
            expected=self.dialogue.expected.with_waiting(),
            photographs=self.records.photographs.for_lists(),
            **kwargs,
        )


class ContributionsPartView(PartView):
    """The calls of the dialogue and what was sent to them."""

    part = "contributions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.records.contributions.select_related("newest", "shown", "assigned_to")
        calls = self.records.calls.select_related("dialogue").annotate(
            invited=Count("invitations", filter=Q(invitations__withdrawn_at=None)),
            used=Count("invitations__contribution"),
        )
        contributions = rows.order_by("state", F("newest__sent_at").asc(nulls_first=True))
        return super().get_context_data(calls=calls, contributions=contributions, **kwargs)


class ProgrammePartView(PartView):
    """Sittings, panels and people, in the order of the day; recordings, and figures on participation."""

    part = "programme"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = Appearance.objects.select_related("speaker", "dialogue")
        panels: list[Any] = list(
            self.dialogue.panels.select_related("recording")
            .prefetch_related(Prefetch("appearances", people))
            .order_by("number")
        )
        # The panels to which the first and the last person of a panel move with the keys.
        places = [_("The whole dialogue"), *map(str, panels), ""]
        for at, panel in enumerate(panels):
            panel.before, panel.after = places[at], places[at + 2]
        return super().get_context_data(
            panels=panels,
            first_panel=places[1],
            people=people.filter(dialogue=self.dialogue, panel=None),
            sittings=self.dialogue.sittings.all(),
            recordings=self.dialogue.recordings.all(),
            counts=self.dialogue.counts.all(),
            **kwargs,
        )


class PublicationPartView(PartView):
    """What of the dialogue is public, with checkboxes to publish or unpublish several records together."""

    part = "publication"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = self.records
        groups: list[Any] = [
            [self.dialogue],
            seen.calls.select_related("dialogue"),
            seen.summaries.select_related("dialogue"),
            seen.papers,
            seen.quotes.select_related("appearance__speaker"),
            seen.statements.select_related("appearance__speaker", "organization"),
            # One without consent cannot be published, and would stop everything that is ticked with it.
            seen.photographs.exclude(consented_on=None).select_related("picture"),
            seen.news,
        ]
        records = [(key_of(record), record) for group in groups for record in group]
        is_without = seen.photographs.filter(consented_on=None).exists()
        return super().get_context_data(
            without_consent=f"{part_page('documents', self.dialogue)}#photographs" if is_without else "",
            drafts=[pair for pair in records if not pair[1].is_published],
            public=[pair for pair in records if pair[1].is_published],
            **kwargs,
        )
