"""Search over everything that a member of staff may see, drafts included.

It reads the database, because drafts never enter the index of the public search.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from contributions.models import Call, Contribution
from dialogues.models import (
    Dialogue,
    NewsItem,
    Organization,
    Panel,
    Paper,
    Photograph,
    Quote,
    Series,
    Speaker,
    Statement,
    Summary,
    Topic,
)
from search.models import Concept

MOST_SHOWN = 10  # of each kind
MOST_CHARACTERS = 200
MOST_WORDS = 8


@dataclass(frozen=True)
class Searched:
    """A kind of record, the fields in which it is searched, and the relations that its name needs."""

    model: type[Model]
    fields: tuple[str, ...]
    related: tuple[str, ...] = ()

    def records(self, user: Any) -> QuerySet[Any] | None:
        """Return the records that `user` may view; None without the permission."""
        meta = self.model._meta
        manager: Any = self.model._default_manager
        if not user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
            return None
        if meta.model is Contribution:
            return manager.submitted_for(user).select_related(*self.related)
        records = manager.visible_to(user) if hasattr(manager, "visible_to") else manager.all()
        return records.select_related(*self.related)


def _in_each_language(*fields: str) -> list[str]:
    return [f"translations__{language}__{field}" for field in fields for language, _name in settings.CONTENT_LANGUAGES]


SEARCHED = [
    Searched(
        Dialogue,
        ("title", "slug", "city", "series__name", "series__code", *_in_each_language("title", "city")),
        ("series",),
    ),
    Searched(Contribution, ("reference", "newest__title", "newest__organization_name"), ("newest", "shown")),
    Searched(Speaker, ("name", "title", "organization__name")),
    Searched(Organization, ("name", "acronym", *_in_each_language("name"))),
    Searched(Panel, ("title", "dialogue__title", *_in_each_language("title")), ("dialogue",)),
    Searched(Summary, ("dialogue__title",), ("dialogue",)),
    Searched(Quote, ("text", "appearance__speaker__name"), ("appearance__speaker",)),
    Searched(
        Statement,
        ("title", "appearance__speaker__name", "organization__name", "dialogue__title"),
        ("dialogue", "appearance__speaker", "organization"),
    ),
    Searched(Photograph, ("caption", "picture__alt", "dialogue__title"), ("dialogue", "picture")),
    Searched(Paper, ("title", "dialogue__title", *_in_each_language("title")), ("dialogue",)),
    Searched(Call, ("title", "dialogue__title", *_in_each_language("title")), ("dialogue",)),
    Searched(NewsItem, ("title", *_in_each_language("title"))),
    Searched(Topic, ("name", "slug", *_in_each_language("name"))),
    Searched(Series, ("name", "code", *_in_each_language("name"))),
    Searched(Concept, ("name", "other_terms", "ambiguous_terms", *_in_each_language("name", "other_terms"))),
]


@dataclass(frozen=True)
class Found:
    """What was found of one kind: the first records, and whether there are more."""

    kind: str
    records: list[Any]
    has_more: bool


def search(words: str, user: Any) -> Iterator[Found]:
    """Yield the records that have all words in their titles, names or references, kind by kind."""
    parts = words.split()[:MOST_WORDS]
    if not parts:
        return
    for searched in SEARCHED:
        records = searched.records(user)
        if records is None:
            continue
        found = list(matching(searched, records, parts)[: MOST_SHOWN + 1])
        if found:
            kind = str(searched.model._meta.verbose_name_plural)
            yield Found(kind, found[:MOST_SHOWN], len(found) > MOST_SHOWN)


def matching(searched: Searched, records: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Return the records that have all words in their fields."""
    return records.filter(has_words(searched.fields, words))


def has_words(fields: Iterable[str], words: list[str]) -> Q:
    """Return the condition that each word is in one of the fields, in any case."""
    names = list(fields)
    # Not `icontains`: on SQLite it ignores case only in ASCII.
    conditions = [reduce(or_, (Q(**{f"{name}__iregex": re.escape(word)}) for name in names)) for word in words]
    return reduce(and_, conditions[:MOST_WORDS], Q())


def asked_words(request: HttpRequest) -> str:
    """Return the text of `?q=`, shortened, and without NUL characters: PostgreSQL refuses a text with one."""
    return request.GET.get("q", "").replace("\0", "").strip()[:MOST_CHARACTERS]
