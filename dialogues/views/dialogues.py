from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Window
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import DetailView, ListView

from dialogues import linked_data
from dialogues.awaited import arrivals_on, entries, merged, newest_of_each_language
from dialogues.forms import DialogueFilterForm
from dialogues.heads import DIALOGUES, describe, shared_card, steps_above, steps_within
from dialogues.models import Appearance, Dialogue, NewsItem, Panel, Paper, Quote, Series, Summary
from dialogues.sections import arrivals, dialogue_sections
from dialogues.stage import stage_of
from publishing.pages import Head, PublicPage, Records, shorten
from text.markup import strip_markdown

NEWS_SHOWN = 20
QUOTES_SHOWN = 6  # on a dialogue's own page; more stand behind a link


class DialogueListView(ListView):
    """All dialogues by series and year; `?series=` (its address) and `?year=` narrow."""

    public_page = DIALOGUES

    paginate_by = 20

    @cached_property
    def filters(self):
        form = DialogueFilterForm(self.request.GET)
        form.is_valid()
        return form.cleaned_data

    def get_queryset(self):
        dialogues = Dialogue.objects.published().for_lists().latest_first()
        if self.filters.get("series"):
            dialogues = dialogues.filter(series__slug=self.filters["series"])
        if self.filters.get("year"):
            dialogues = dialogues.filter(starts_on__year=self.filters["year"])
        return dialogues

    def get_context_data(self, **kwargs):
        years = Dialogue.objects.published().exclude(starts_on=None).dates("starts_on", "year", order="DESC")
        series = list(Series.objects.published())
        chosen = next((line for line in series if line.slug == self.filters.get("series")), None)
        return super().get_context_data(
            series_list=series,
            years=[day.year for day in years],
            series=chosen,
            year=self.filters.get("year"),
            **kwargs,
        )


def dialogue_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a dialogue's page, which describes it as an event."""
    dialogue = context["dialogue"]
    event = linked_data.event(dialogue, dialogue.panels.all(), dialogue.appearances.all())
    description = shorten(strip_markdown(dialogue.description)) or describe(dialogue)
    return Head(dialogue.title, description, steps_above(dialogue), [event], **shared_card(dialogue))


class DialogueDetailView(DetailView):
    """One dialogue at its one address, whatever its stage."""

    public_page = PublicPage(dialogue_head, Records("dialogues", Dialogue.objects.published))

    def get_queryset(self):
        user = self.request.user
        return (
            Dialogue.objects.visible_to(user)
            .for_lists()
            .annotate(has_news=Exists(NewsItem.objects.filter(dialogues=OuterRef("pk"))))
            .prefetch_related(
                "sittings",
                "expected",
                "counts",
                Prefetch("panels", Panel.objects.visible_to(user)),
                Prefetch("appearances", Appearance.objects.visible_to(user).select_related("speaker__portrait")),
                Prefetch("summaries", Summary.objects.visible_to(user).select_related("dialogue")),
                Prefetch("papers", Paper.objects.visible_to(user).select_related("dialogue", "document__clean_copy")),
            )
        )

    def get_context_data(self, **kwargs):
        dialogue, user = self.object, self.request.user
        parts = dialogue_sections(dialogue, user)
        quotes = Quote.objects.visible_to(user).filter(appearance__dialogue=dialogue).for_lists()
        quotes = list(quotes.annotate(of_all=Window(Count("pk")))[:QUOTES_SHOWN])
        there = merged([{dialogue.pk: arrivals_on(dialogue)}, *arrivals([dialogue], user)])
        missing = [entry for entry in entries(dialogue, there[dialogue.pk]) if entry.state != "published"]
        return super().get_context_data(
            sections=parts,
            awaited=missing,
            news=NewsItem.objects.visible_to(user).filter(dialogues=dialogue).latest_first()[:NEWS_SHOWN]
            if dialogue.has_news
            else [],
            quotes=quotes,
            quote_count=quotes[0].of_all if quotes else 0,
            chairs=[one for one in dialogue.appearances.all() if one.panel_id is None],
            panels=with_their_people(dialogue),
            summaries=newest_of_each_language(dialogue.summaries.all()),
            stage=stage_of(
                dialogue,
                has_summary=bool(dialogue.summaries.all()),
                awaits_summary=any(entry.document.kind == "summary" for entry in missing),
                open_until=next((part.open_until for part in parts if part.open_until), None),
            ),
            **kwargs,
        )


def with_their_people(dialogue):
    """The panels, each with `people`, its appearances; from relations that are fetched already."""
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
    event = linked_data.panel_event(panel, context["appearances"])
    description = shorten(strip_markdown(panel.description)) or describe(dialogue)
    return Head(panel.title, description, steps_within(dialogue), [event], **shared_card(dialogue))


def public_panels():
    """Return the public panels with what their addresses need."""
    return Panel.objects.published().select_related("dialogue")


class PanelDetailView(DetailView):
    """A panel: what it asked, who spoke, and what they said."""

    public_page = PublicPage(panel_head, Records("panels", public_panels, "dialogue__published_at"))

    def get_object(self, queryset=None):
        panels = Panel.objects.visible_to(self.request.user).select_related("dialogue__series")
        return get_object_or_404(panels, dialogue__slug=self.kwargs["slug"], number=self.kwargs["number"])

    def get_context_data(self, **kwargs):
        user, panel = self.request.user, self.object
        siblings = Panel.objects.visible_to(user).filter(dialogue=panel.dialogue_id).order_by("number")
        return super().get_context_data(
            dialogue=panel.dialogue,
            appearances=panel.appearances.visible_to(user).select_related("speaker__portrait"),
            quotes=Quote.objects.visible_to(user).filter(appearance__panel=panel).for_lists(),
            previous=siblings.filter(number__lt=panel.number).last(),
            next=siblings.filter(number__gt=panel.number).first(),
            **kwargs,
        )
