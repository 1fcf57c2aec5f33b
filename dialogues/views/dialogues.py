from collections import defaultdict

from django.db.models import Count, Exists, OuterRef, Prefetch, Window
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import DetailView, ListView

from dialogues.forms import DialogueFilterForm
from dialogues.models import Appearance, Dialogue, NewsItem, Panel, Paper, Quote, Series, Summary
from dialogues.slots import dialogue_sections
from dialogues.status import document_statuses, latest_by_language, published_documents, stage_of

NEWS_SHOWN = 20
QUOTES_SHOWN = 6  # on a dialogue's own page; more stand behind a link


class DialogueListView(ListView):
    """All dialogues by series and year; `?series=` (its address) and `?year=` narrow."""

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


class DialogueDetailView(DetailView):
    """One dialogue at its one address, whatever its stage."""

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
        statuses = document_statuses(dialogue, published_documents(dialogue, user))
        awaited = [status for status in statuses if status.status != "published"]
        return super().get_context_data(
            sections=parts,
            awaited=awaited,
            news=NewsItem.objects.visible_to(user).filter(dialogues=dialogue).latest_first()[:NEWS_SHOWN]
            if dialogue.has_news
            else [],
            quotes=quotes,
            quote_count=quotes[0].of_all if quotes else 0,
            chairs=[one for one in dialogue.appearances.all() if one.panel_id is None],
            panels=with_their_people(dialogue),
            summaries=latest_by_language(dialogue.summaries.all()),
            stage=stage_of(
                dialogue,
                has_summary=bool(dialogue.summaries.all()),
                awaits_summary=any(status.document.kind == "summary" for status in awaited),
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


class PanelDetailView(DetailView):
    """A panel: what it asked, who spoke, and what they said."""

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
