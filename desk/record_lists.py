"""The lists of records that belong to no dialogue: people, organizations, topics, series, news and the vocabulary."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contributions.models import Call, Contribution
from dialogues.models import Appearance, Dialogue, Panel, Quote, Speaker
from dialogues.speaker_lists import listing_key
from publishing.models import Translatable
from publishing.translation_forms import LANGUAGES
from text.sorting import sort_key

from .kinds import KINDS, Kind
from .record_search import SEARCHED, matching


@dataclass(frozen=True)
class Use:
    """Records that refer to those of a list: what they are called, their model, and the path to the record."""

    label: str | Promise
    model: type[Model]
    path: str

    def count(self, records: Iterable[Any], user: Any) -> dict[int, int]:
        """Return how many of those that `user` may see refer to each record, by its primary key."""
        meta = self.model._meta
        if not user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
            return {}
        manager: Any = self.model._default_manager
        if self.model is Contribution:
            seen = manager.submitted_for(user)
        else:
            seen = manager.visible_to(user) if hasattr(manager, "visible_to") else manager.all()
        rows = seen.filter(**{f"{self.path}__in": [record.pk for record in records]}).order_by()
        return dict(rows.values_list(self.path).annotate(Count("pk", distinct=True)))


DIALOGUES, PANELS, CALLS, QUOTES = _("Dialogues"), _("Panels"), _("Calls"), _("Quotes")
# Translators: the times that people appeared at dialogues
APPEARANCES, CONTRIBUTIONS = _("Appearances"), _("Contributions")


@dataclass(frozen=True)
class RecordList:
    """A list on the desk: the name of its kind, its title, where its records are used, and the key of their order.

    Databases sort capitals and letters with accents apart, so names are sorted here. Without `order`, the records keep
    the order of their model.
    """

    name: str
    title: str | Promise
    uses: tuple[Use, ...] = ()
    order: Callable[[Any], Any] | None = None

    @property
    def kind(self) -> Kind:
        """The kind of its records."""
        return KINDS[self.name]

    def records(self, user: Any, words: str) -> Any:
        """Return the records that `user` may see, in their order, of which titles or names have all `words`."""
        searched = next(one for one in SEARCHED if one.model is self.kind.model)
        found = matching(searched, self.kind.visible_to(user), words.split())
        return sorted(found, key=self.order) if self.order else found

    def rows(self, records: Iterable[Any], user: Any) -> list[tuple[Any, list[tuple[str | Promise, int]], list[str]]]:
        """Return each record with its uses, and the languages in which its name is missing."""
        shown = list(records)
        counts = [(use.label, use.count(shown, user)) for use in self.uses]
        return [
            (record, [(label, found[record.pk]) for label, found in counts if record.pk in found], _missing(record))
            for record in shown
        ]


def by_name(record: Any) -> str:
    """Return the key by which a record with a name is sorted."""
    return sort_key(record.name, record.original_language)


def by_family_name(speaker: Any) -> tuple[str, str]:
    """Return the key by which a speaker is sorted, as in the public list."""
    return listing_key(speaker.name, speaker.family_name)


LISTS = {
    one.name: one
    for one in [
        RecordList(
            "speaker", _("People"),
            (Use(APPEARANCES, Appearance, "speaker"), Use(QUOTES, Quote, "appearance__speaker")),
            by_family_name,
        ),
        RecordList(
            "organization", _("Organizations"),
            (Use(_("People"), Speaker, "organization"), Use(APPEARANCES, Appearance, "organization"),
             Use(CONTRIBUTIONS, Contribution, "organization")),
            by_name,
        ),
        RecordList(
            "topic", _("Topics"),
            (Use(DIALOGUES, Dialogue, "topics"), Use(PANELS, Panel, "topics"), Use(CALLS, Call, "topics"),
             Use(CONTRIBUTIONS, Contribution, "topics")),
            by_name,
        ),
        RecordList(
            "series", pgettext_lazy("several", "Series"), (Use(DIALOGUES, Dialogue, "series"),), by_name
        ),
        RecordList("news", _("News"), (Use(QUOTES, Quote, "news_item"),)),
        RecordList("concept", _("Vocabulary"), order=by_name),
    ]
}  # fmt: skip


def lists_for(user: Any) -> list[RecordList]:
    """Return the lists that `user` may open."""
    return [one for one in LISTS.values() if user.has_perm(one.kind.permission("view"))]


def _missing(record: Any) -> list[str]:
    if not isinstance(record, Translatable) or "name" not in record.translated_fields:
        return []  # a person has one name in all languages
    return [LANGUAGES[code] for code in record.missing_languages("name")]
