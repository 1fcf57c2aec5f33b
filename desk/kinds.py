"""The kinds of records on the desk: how addresses name a record, its form, and where it belongs."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contributions.models import Call, Contribution, GuidingQuestion
from dialogues.models import (
    Appearance,
    Dialogue,
    ExpectedDocument,
    NewsItem,
    Organization,
    Panel,
    Paper,
    ParticipationCount,
    Photograph,
    Quote,
    Recording,
    Series,
    Sitting,
    Speaker,
    Statement,
    Summary,
    Topic,
)
from publishing.models import Deletion, Publishable
from search.models import Concept

from . import forms

LONGEST_PK = 18  # digits


@dataclass(frozen=True)
class Kind:
    """A kind of record: its name in addresses, its model, its form, and the part of the workspace that it belongs to.

    `dialogue` is the path from a record to its dialogue, for kinds that belong to one. If it `is_listed`, staff add
    several records in a row, so that adding one leads back to the list. `adding` is the heading of the page on which
    one is added.
    """

    name: str
    model: type[Model]
    form: type[ModelForm[Any]] | None = None
    part: str = ""
    dialogue: str = ""
    template: str = "desk/record_form.html"
    is_listed: bool = True
    adding: str | Promise = ""

    def permission(self, action: str) -> str:
        """Return the permission to do something with records of this kind, such as `dialogues.change_quote`."""
        meta = self.model._meta
        return f"{meta.app_label}.{action}_{meta.model_name}"

    def dialogue_of(self, record: Any) -> Dialogue | None:
        """Return the dialogue that a record belongs to, or None."""
        if isinstance(record, Dialogue):
            return record
        if not self.dialogue:
            return None
        for name in self.dialogue.split("."):
            record = getattr(record, name)
        return record

    def visible_to(self, user: Any) -> Any:
        """Return the records that `user` may see, as on every page."""
        manager: Any = self.model._default_manager
        return manager.visible_to(user) if hasattr(manager, "visible_to") else manager.all()


KINDS = {
    kind.name: kind
    for kind in [
        Kind("dialogue", Dialogue, forms.DialogueForm, "details"),
        Kind("sitting", Sitting, forms.SittingForm, "programme", "dialogue", adding=_("Add a sitting")),
        Kind("panel", Panel, forms.PanelForm, "programme", "dialogue", adding=_("Add a panel")),
        Kind("appearance", Appearance, forms.AppearanceForm, "programme", "dialogue", adding=_("Add a person")),
        Kind("summary", Summary, forms.SummaryForm, "summary", "dialogue", "desk/summary_form.html", is_listed=False),
        Kind("quote", Quote, forms.QuoteForm, "quotes", "appearance.dialogue", adding=_("Add a quote")),
        Kind("paper", Paper, forms.PaperForm, "documents", "dialogue", adding=_("Add a document")),
        Kind(
            "expected",
            ExpectedDocument,
            forms.ExpectedDocumentForm,
            "documents",
            "dialogue",
            adding=_("Add an expected document"),
        ),
        Kind(
            "statement",
            Statement,
            forms.StatementForm,
            "quotes",
            "dialogue",
            is_listed=False,
            adding=_("Add a statement"),
        ),
        Kind("recording", Recording, forms.RecordingForm, "programme", "dialogue", adding=_("Add a recording")),
        Kind(
            "count", ParticipationCount, forms.ParticipationCountForm, "programme", "dialogue", adding=_("Add a figure")
        ),
        Kind(
            "photograph",
            Photograph,
            forms.PhotographForm,
            "documents",
            "dialogue",
            "desk/photograph_form.html",
            is_listed=False,
            adding=_("Add a photograph"),
        ),
        Kind("call", Call, forms.CallForm, "contributions", "dialogue", is_listed=False, adding=_("Add a call")),
        Kind("question", GuidingQuestion, None, "contributions", "call.dialogue", is_listed=False),
        Kind("contribution", Contribution, None, "contributions", "call.dialogue"),
        Kind("speaker", Speaker, forms.SpeakerForm, adding=_("Add a speaker")),
        Kind("organization", Organization, forms.OrganizationForm, adding=_("Add an organization")),
        Kind("topic", Topic, forms.TopicForm, adding=_("Add a topic")),
        Kind("series", Series, forms.SeriesForm, adding=_("Add a series")),
        Kind("concept", Concept, forms.ConceptForm, adding=_("Add a concept")),
        Kind("news", NewsItem, forms.NewsItemForm, adding=_("Add a news item")),
    ]
}


@cache
def _names() -> dict[type[Model], str]:
    return {kind.model: name for name, kind in KINDS.items()}


def kind_of(record: Model) -> Kind | None:
    """Return the kind of a record, or None for records that the desk has no page for."""
    name = _names().get(type(record))
    return KINDS[name] if name else None


def key_of(record: Model) -> str:
    """Return the key of a record in addresses of the desk, such as summary-12. Raises KeyError for other kinds."""
    return f"{_names()[type(record)]}-{record.pk}"


def pk_in(text: str) -> int:
    """Return the primary key in a text from an address or a form, or 0, which no record has."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_PK else 0


def find(key: str, user: Any, action: str = "view") -> Any:
    """Return the record with this key if `user` may see it and has the permission for `action`. Raises Http404."""
    name, _dash, pk = key.rpartition("-")
    kind = KINDS.get(name)
    if kind is None or not user.has_perm(kind.permission(action)):
        raise Http404
    record = kind.visible_to(user).filter(pk=pk_in(pk)).first()
    if record is None:
        raise Http404
    return record


def deletion_of(key: str, user: Any) -> Deletion | None:
    """Return the deletion of the record with this key, or None if it was not deleted or `user` may not see it."""
    name, _dash, pk = key.rpartition("-")
    kind = KINDS.get(name)
    deletion: Deletion | None = Deletion.objects.visible_to(user).of(kind.model, pk) if kind else None
    return deletion


def find_publishable(key: str, user: Any) -> Publishable:
    """Return the record with this key, if it is one that staff publish by themselves. Raises Http404.

    Contributions are published by their review, and nowhere else.
    """
    record = find(key, user)
    if not isinstance(record, Publishable) or isinstance(record, Contribution):
        raise Http404
    return record


def desk_page(record: Model) -> str:
    """Return the address at which staff work on a record: its page on the desk, otherwise in the admin, or ""."""
    if isinstance(record, Dialogue):
        return reverse("desk:dialogue", args=[record.pk])
    if isinstance(record, Contribution) and record.reference:
        return reverse("desk:review-page", args=[record.reference])
    if isinstance(record, Deletion):
        return reverse("desk:deleted-record", args=[record.pk])
    if isinstance(record, GuidingQuestion):
        return reverse("desk:edit", args=[key_of(record.call)])
    kind = kind_of(record)
    if kind and kind.form:
        return reverse("desk:edit", args=[key_of(record)])
    try:
        return reverse(admin_urlname(record._meta, "change"), args=[record.pk])  # type: ignore[arg-type]
    except NoReverseMatch:
        return ""
