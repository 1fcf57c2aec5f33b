from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import DetailView, ListView

from publishing.pages import Head, PublicPage, Records
from publishing.prepared import prepared, set_related
from text.markup import strip_markdown
from text.words import shorten

from ..forms import DialogueFilterForm
from ..heads import DIALOGUES, describe, dialogue_event, panel_event, shared_card, steps_above, steps_within
from ..models import (
    Appearance,
    Dialogue,
    ExpectedDocument,
    NewsItem,
    Panel,
    Paper,
    ParticipationCount,
    Photograph,
    Quote,
    Recommendation,
    Recording,
    Series,
    Sitting,
    Statement,
    Summary,
)
from ..noted_years import in_year
from ..querysets import DialogueQuerySet
from ..shown_topics import add_topics
from ..slots import dialogue_sections
from ..status import document_statuses, latest_by_language, published_documents, stage_of

NEWS_SHOWN = 20
QUOTES_SHOWN = 6  # on the page of a dialogue; a link leads to the others
FULL_ROOM = 24  # from so many speakers on, those of each panel are folded
CHAIRING = {"chair", "co-chair"}


class DialogueListView(ListView):
    """All dialogues, newest first; `?series=` (a slug) and `?year=` filter."""

    public_page = DIALOGUES

    paginate_by = 20

    @cached_property
    def filters(self) -> dict[str, Any]:
        form = DialogueFilterForm(self.request.GET)
        form.is_valid()
        return form.cleaned_data

    def get_queryset(self) -> QuerySet:
        dialogues = Dialogue.objects.published().for_lists().latest_first()
        if self.filters.get("series"):
            dialogues = dialogues.filter(series__slug=self.filters["series"])
        if self.filters.get("year"):
            dialogues = dialogues.filter(in_year(self.filters["year"]))
        return dialogues

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        all_series = list(Series.objects.published().by_name())
        chosen = next((series for series in all_series if series.slug == self.filters.get("series")), None)
        dialogues = Dialogue.objects.published()
        return super().get_context_data(
            series_list=all_series,
            years=(dialogues.filter(series=chosen) if chosen else dialogues).years(),  # each leads to some
            series=chosen,
            year=self.filters.get("year"),
            **kwargs,
        )


def dialogue_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a dialogue's page, which describes it as an event."""
    dialogue = context["dialogue"]
    event = dialogue_event(dialogue, dialogue.panels.all(), dialogue.appearances.all())
    description = shorten(strip_markdown(dialogue.localized.description.text)) or describe(dialogue)
    return Head(dialogue.localized.title.text, description, steps_above(dialogue), [event], **shared_card(dialogue))


@prepared
def dialogues_at(slug: Any, user: Any) -> DialogueQuerySet:
    """Return the dialogue with this slug if `user` may see it, annotated with which of its rarer records they may see.

    Hidden records must not make the page run a query: the time that it takes would reveal them.
    """
    dialogues = Dialogue.objects.visible_to(user).filter(slug=slug).select_related("series")
    return dialogues.annotate(
        has_news=Exists(NewsItem.objects.visible_to(user).filter(dialogues=OuterRef("pk"))),
        has_recordings=Exists(Recording.objects.visible_to(user).filter(dialogue=OuterRef("pk"))),
        has_statements=Exists(Statement.objects.visible_to(user).filter(dialogue=OuterRef("pk"))),
        has_recommendations=Exists(Recommendation.objects.in_newest_version().filter(dialogue=OuterRef("pk"))),
        has_photographs=Exists(Photograph.objects.visible_to(user).filter(dialogue=OuterRef("pk"))),
    )


@prepared
def sittings_of(dialogue: Any) -> QuerySet[Sitting]:
    """Return the sittings of a dialogue."""
    return Sitting.objects.filter(dialogue=dialogue)


@prepared
def expected_of(dialogue: Any) -> QuerySet[ExpectedDocument]:
    """Return the documents that are expected of a dialogue."""
    return ExpectedDocument.objects.filter(dialogue=dialogue)


@prepared
def counts_of(dialogue: Any) -> QuerySet[ParticipationCount]:
    """Return the numbers of participants of a dialogue."""
    return ParticipationCount.objects.filter(dialogue=dialogue)


@prepared
def panels_of(dialogue: Any, user: Any) -> QuerySet[Panel]:
    """Return the panels of a dialogue that `user` may see."""
    return Panel.objects.visible_to(user).filter(dialogue=dialogue).select_related("recording")


@prepared
def appearances_of(dialogue: Any, user: Any) -> QuerySet[Appearance]:
    """Return the appearances in a dialogue that `user` may see, with their speakers."""
    return Appearance.objects.visible_to(user).filter(dialogue=dialogue).select_related("speaker__portrait")


@prepared
def summaries_of(dialogue: Any, user: Any) -> QuerySet[Summary]:
    """Return the summaries of a dialogue that `user` may see."""
    return Summary.objects.visible_to(user).filter(dialogue=dialogue)


@prepared
def papers_of(dialogue: Any, user: Any) -> QuerySet[Paper]:
    """Return the papers of a dialogue that `user` may see, with their files."""
    return Paper.objects.visible_to(user).filter(dialogue=dialogue).select_related("document__clean_copy")


@prepared
def first_quotes_of(dialogue: Any, user: Any) -> QuerySet[Quote]:
    """Return the quotes that the page of a dialogue shows, each with the `total` of those that `user` may see."""
    visible = Quote.objects.visible_to(user).filter(appearance__dialogue=dialogue)
    totals = visible.order_by().values("appearance__dialogue").annotate(total=Count("pk")).values("total")
    return visible.for_lists().annotate(total=Subquery(totals))[:QUOTES_SHOWN]


class DialogueDetailView(DetailView):
    """A dialogue. It has the same address at every stage."""

    public_page = PublicPage(dialogue_head, Records("dialogues", Dialogue.objects.published))

    def get_object(self, queryset: QuerySet | None = None) -> Dialogue:
        user = self.request.user
        found = dialogues_at(slug=self.kwargs["slug"], user=user)
        if not found:
            raise Http404
        [dialogue] = found
        pk = dialogue.pk
        set_related(
            [dialogue],
            sittings=sittings_of(dialogue=pk),
            expected=expected_of(dialogue=pk),
            counts=counts_of(dialogue=pk),
            panels=panels_of(dialogue=pk, user=user),
            appearances=appearances_of(dialogue=pk, user=user),
            summaries=summaries_of(dialogue=pk, user=user),
            papers=papers_of(dialogue=pk, user=user),
        )
        add_topics([dialogue])
        return dialogue

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dialogue, user = self.object, self.request.user
        sections = dialogue_sections(dialogue, user)
        quotes: list[Any] = first_quotes_of(dialogue=dialogue.pk, user=user)
        statuses = document_statuses(dialogue, published_documents(dialogue, user))
        awaited = [status for status in statuses if status.status != "published"]
        return super().get_context_data(
            sections=sections,
            awaited=awaited,
            news=NewsItem.objects.visible_to(user).filter(dialogues=dialogue).latest_first()[:NEWS_SHOWN]
            if dialogue.has_news
            else [],
            recordings=dialogue.recordings.visible_to(user) if dialogue.has_recordings else [],
            statements=list(dialogue.statements.visible_to(user).for_lists()) if dialogue.has_statements else [],
            photographs=list(dialogue.photographs.visible_to(user).for_lists()) if dialogue.has_photographs else [],
            quotes=quotes,
            quote_count=quotes[0].total if quotes else 0,
            chairs=sorted(
                (appearance for appearance in dialogue.appearances.all() if appearance.panel_id is None),
                key=lambda appearance: appearance.role not in CHAIRING,
            ),
            is_full_room=len(dialogue.appearances.all()) >= FULL_ROOM,
            panels=panels_with_people(dialogue),
            summaries=latest_by_language(dialogue.summaries.all()),
            stage=stage_of(
                dialogue,
                has_summary=bool(dialogue.summaries.all()),
                awaits_summary=any(status.document.kind == "summary" for status in awaited),
                open_until=next((section.open_until for section in sections if section.open_until), None),
            ),
            **kwargs,
        )


def panels_with_people(dialogue: Dialogue) -> list[Panel]:
    """Return the panels with `people` set to their appearances, from prefetched relations."""
    people = defaultdict(list)
    for appearance in dialogue.appearances.all():
        people[appearance.panel_id].append(appearance)
    panels = list(dialogue.panels.all())
    for panel in panels:
        panel.people = people[panel.pk]
    return panels


def panel_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a panel's page, which describes it as a part of its dialogue."""
    panel, dialogue = context["panel"], context["dialogue"]
    event = panel_event(panel, context["appearances"])
    description = shorten(strip_markdown(panel.localized.description.text)) or describe(dialogue)
    return Head(panel.localized.title.text, description, steps_within(dialogue), [event], **shared_card(dialogue))


def public_panels() -> QuerySet:
    """Return the public panels with what their addresses need."""
    return Panel.objects.published().select_related("dialogue")


class PanelDetailView(DetailView):
    """A panel with its guiding questions, speakers and quotes."""

    public_page = PublicPage(panel_head, Records("panels", public_panels, "dialogue__published_at"))

    def get_object(self, queryset: QuerySet | None = None) -> Panel:
        panels = Panel.objects.visible_to(self.request.user).select_related("dialogue__series", "recording")
        return get_object_or_404(panels, dialogue__slug=self.kwargs["slug"], number=self.kwargs["number"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, panel = self.request.user, self.object
        siblings = Panel.objects.visible_to(user).filter(dialogue=panel.dialogue_id).order_by("number")
        return super().get_context_data(
            dialogue=panel.dialogue,
            appearances=panel.appearances.visible_to(user).select_related("speaker__portrait"),
            quotes=Quote.objects.visible_to(user).filter(appearance__panel=panel).for_lists(),
            statements=panel.statements.visible_to(user).for_lists(),
            previous=siblings.filter(number__lt=panel.number).last(),
            next=siblings.filter(number__gt=panel.number).first(),
            **kwargs,
        )
