"""The texts of records in passages, kept in the database so that results show them.

Making passages takes much longer than searching them: Markdown is converted, and files are divided into paragraphs. So
the worker keeps them when it indexes a record. They hold only the record's own words. While a change of these waits for
the index, the record is read again.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import override

from publishing.prepared import prepared

from .indexes import RecordIndex
from .models import KeptText
from .passages import PassageTexts

AT_ONCE = 500  # rows deleted by one query


def keep_texts(index: RecordIndex, records: Iterable[Model], hidden: Iterable[int] = ()) -> None:
    """Keep the texts of public records as they are now, and delete those of records that are hidden.

    The caller holds the lock of the index, so that no older text is written over a newer one.
    """
    KeptText.objects.filter(key__in=[index.key(pk) for pk in hidden]).delete()
    if not index.keeps_texts:
        return
    with override(settings.LANGUAGE_CODE):
        joined = [(index.key(record.pk), index.texts(record)) for record in records]
    rows = [KeptText(key=key, text=texts.text, places=texts.places) for key, texts in joined]
    fields = ["text", "places"]
    KeptText.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=fields)


def delete_other_texts(index: RecordIndex, pks: Iterable[int]) -> None:
    """Delete the kept texts of all records of an index but these."""
    kept = KeptText.objects.filter(key__startswith=index.key("")).values_list("key", flat=True)
    others = list(set(kept).difference(map(index.key, pks)))
    for start in range(0, len(others), AT_ONCE):
        KeptText.objects.filter(key__in=others[start : start + AT_ONCE]).delete()


@prepared
def kept_texts(keys: Any) -> QuerySet[KeptText]:
    """Return what is kept for these ids."""
    return KeptText.objects.filter(pk__in=keys)


def read_texts(records: Mapping[str, tuple[Any, RecordIndex]], changed: Collection[str]) -> dict[str, PassageTexts]:
    """Return {id: texts} for {id: (record, its index)}, where the records were read as results show them.

    Texts that are not kept, and those of records that have `changed`, are read again.
    """
    wanted = {key: pair for key, pair in records.items() if pair[1].keeps_texts}
    texts = {
        kept.key: _as_texts(kept, *wanted[kept.key])
        for kept in kept_texts(keys=[key for key in wanted if key not in changed])
    }
    for key, (record, index) in records.items():
        if key not in texts:
            whole = index.index_queryset().filter(pk=record.pk).first() if index.keeps_texts else record
            texts[key] = index.texts(whole) if whole else PassageTexts("", (), "", {})
    return texts


def _as_texts(kept: KeptText, record: Any, index: RecordIndex) -> PassageTexts:
    return PassageTexts(kept.text, kept.places, record.get_absolute_url(), index.units, index.text_language_of(record))
