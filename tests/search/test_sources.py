"""What the indexes declare of the models that documents are made of: nothing is missing, and nothing too much.

Each field of each declared model is changed, one after another. A job must be written for each document that changed,
and for no other.
"""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogues.models import Organization
from documents.workflow import store
from search.indexes import EVERY_SAVE, registered_indexes
from search.kept_texts import keep_texts, read_texts
from search.models import Effect, IndexJob, KeptText
from search.query import load_records
from search.waiting import waiting_records
from tests import build, files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("idle_worker")]

# Read with the rows of others: no field of a picture is in the index, and a document is saved after its pages and its
# clean copy.
ONLY_READ_ALONG = {"documents.picture", "documents.page", "documents.cleancopy"}

# Null where nobody is there to name, or the database forbids another value.
UNTRIED = {
    "contributions.contribution.assigned_to", "contributions.contribution.filer", "contributions.contribution.state",
    "contributions.contribution.team", "contributions.revision.contribution", "contributions.revision.saved_by",
    "dialogues.paragraph.level", "dialogues.speaker.account",
    "dialogues.speaker.portrait", "dialogues.summary.version", "documents.document.fault",
}  # fmt: skip


# Numbers in addresses, which nothing changes without the text.
ONLY_WITH_THE_TEXT = {
    "contributions.answer.number", "contributions.attachment.number", "dialogues.paragraph.number",
    "dialogues.paragraph.part",
}  # fmt: skip

MARKS = {1: "recommendation", 2: "conclusion"}  # of the first paragraph of each dialogue's summary


@pytest.fixture
def world():
    """Two public records of each kind, below two dialogues of two series."""
    Organization.objects.create(name="A body of nobody", type="academia", country="KE")
    for number, (code, country, language) in enumerate([("TIP", "AT", "en"), ("WAR", "NG", "fr")], 1):
        dialogue = build.dialogue(series=build.series(code), starts_on=None, date_note="planned 2031")
        topic = build.topic(f"Topic {code}")
        dialogue.topics.add(topic)
        panel = build.panel(dialogue, number=number, description="About it.")
        panel.topics.add(build.topic(f"Panel of {code}"))
        build.panel(dialogue, number=number + 2).topics.add(build.topic(f"Panel of {code} without speakers"))
        body = Organization.objects.create(name=f"Body {code}", type="civil-society", country=country)
        appearance = build.appearance(dialogue, panel=panel, organization=body, title="Keeper", affiliation="The house")
        build.quote(appearance)
        text = "\n\n".join(f"{n}. Paragraph {n}." for n in range(1, number + 2))
        build.recommendation(build.summary(dialogue, text=text, language=language), 1, kind=MARKS[number])
        build.paper(dialogue)
        build.recording(dialogue)
        who = {"at": appearance} if number == 1 else {"organization": body}
        document = store(files.upload("statement.txt", b"The account of the harbour."))
        build.statement(dialogue, panel=panel, title=f"Statement {number}", document=document, **who)
        build.news_item(about=[dialogue], issued_on=date(2024, 7, 1))
        made = build.contribution(
            build.call(dialogue), organization=body,
            attach=[(f"{n}.pdf", files.pdf([f"{code} {n}"])) for n in range(number)],
            person_name="Ada Smith", signers="Bo Smith", appear_as="named",
        )  # fmt: skip
        made.topics.add(topic)
        made.shown.answers.create(number=number, question="What?", text="This.")
    IndexJob.objects.all().delete()


def as_text(value):
    """Return a value of a facet, or a text with its language, as a text."""
    return " ".join(value) if isinstance(value, tuple) else value


def documents():
    """Return the document of each public record by (label, pk), texts in any order."""
    found = {}
    for model, index in registered_indexes().items():
        for record in index.index_queryset():
            document = {name: sorted(map(as_text, value)) if isinstance(value, (list, set)) else value
                        for name, value in index.document(record).items()}  # fmt: skip
            # What a result calls its passage, such as a paragraph or a recommendation; numbers come with the text.
            document["units"] = sorted(passage.unit.partition("/")[0] for passage in index.passages(record))
            found[model._meta.label_lower, record.pk] = document
    return found


def words(document, part):
    """Return how often each word is in a part of a document. Passages that continue each other are one text there."""
    return Counter(re.findall(r"\w+", " ".join(document.get(part, ()))))


def changed(before, after):
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def declared_models():
    return {model for index in registered_indexes().values() for model in index.sources}


def another_value(row, field):
    """Return another value of a field, or None if there is none to try."""
    value = getattr(row, field.attname)
    if field.primary_key or isinstance(field, models.FileField):
        return None
    if field.is_relation:
        others = field.related_model._base_manager.exclude(pk=value).values_list("pk", flat=True)
        return others.first()
    if field.choices:
        return next((choice for choice, _label in field.choices if choice not in ("", value)), None)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.JSONField):
        is_translation = field.name == "translations"
        return {"fr": dict.fromkeys(row.translated_fields, "Autre")} if is_translation else ["fr"]
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) + timedelta(hours=1)
    if isinstance(field, models.DateField):
        return (value or date(2024, 1, 1)) + timedelta(days=400)
    if isinstance(field, models.IntegerField):
        return (value or 0) + 7
    if isinstance(field, models.UUIDField):
        return None
    longer = f"{value or ''}x"[-(field.max_length or 0) :]  # not longer than the database takes
    return {"timezone": "Africa/Lagos", "code": "XYZ", "country": "KE"}.get(field.name, longer)


def attempts():
    """Yield (name, function that changes a row, as a form would) for each field of each declared model."""
    for model in sorted(declared_models(), key=lambda model: model._meta.label):
        for field in model._meta.concrete_fields:
            yield f"{model._meta.label_lower}.{field.name}", model, field


def save_another_value(model, field):
    """Change a field of the first row of a model where the database allows it; return whether it did."""
    for row in model._base_manager.order_by("pk"):
        value = another_value(row, field)
        if value is None:
            continue
        setattr(row, field.attname, value)
        try:
            with transaction.atomic():
                row.save()
        except (IntegrityError, ObjectDoesNotExist):
            continue
        return True
    return False


class Outcome:
    """What came of an attempt: the documents that there are now, and the jobs that were written."""

    def __init__(self, name, model, field):
        self.name, self.model = name, model
        self.was_possible = save_another_value(model, field)
        self.documents = documents()
        self.jobs = {(job.label, job.object_id): job.effect for job in IndexJob.objects.order_by("pk")}


@pytest.fixture(scope="module")
def of_all_tests():
    """What the first test that needs it keeps for the others."""
    return {}


@pytest.fixture
def tried(world, of_all_tests):
    """The documents before all attempts, and the outcome of each, which two tests judge. Reading them takes long."""
    if not of_all_tests:
        before, outcomes = documents(), []
        for name, model, field in attempts():
            with transaction.atomic():
                outcome = Outcome(name, model, field)
                transaction.set_rollback(True)
            # Most documents are as before, and are kept once.
            outcome.documents = {key: before[key] if before.get(key) == one else one
                                 for key, one in outcome.documents.items()}  # fmt: skip
            outcomes.append(outcome)
        of_all_tests.update(before=before, outcomes=outcomes)
    return of_all_tests["before"], of_all_tests["outcomes"]


def test_a_field_is_declared_if_and_only_if_a_document_holds_it(tried):
    before, outcomes = tried
    undeclared, needless, untried, seen = [], [], set(), 0
    for outcome in outcomes:
        name = outcome.name
        if not outcome.was_possible:
            untried.add(name)
        affected, queued = changed(before, outcome.documents), set(outcome.jobs)
        every_save = any(index.sources[outcome.model].fields == EVERY_SAVE
                         for index in registered_indexes().values() if outcome.model in index.sources)  # fmt: skip
        undeclared += [f"{name}: {key}" for key in affected - queued]
        needless += [f"{name}: {key}" for key in queued - affected if not every_save]
        seen += bool(affected)
    assert undeclared == []
    assert sorted(needless) == []
    assert seen > 50
    assert {name for name in untried if name.rsplit(".", 1)[-1] not in ("id", "file", "key")} == UNTRIED


def test_a_record_that_loses_words_of_its_own_is_changed_or_hidden(tried):
    """A word that a field took from a document makes its record changed or hidden, but for words of parents."""
    own = {"text", "file", "title", "speaker", "organization"}
    of_parents = {
        "dialogues.dialogue.title", "dialogues.dialogue.original_language", "dialogues.dialogue.translations",
        "dialogues.series.name", "dialogues.series.translations",
    }  # fmt: skip
    before, outcomes = tried
    for outcome in outcomes:
        after = outcome.documents
        for key in changed(before, after) - {key for key in before if key[0] == outcome.model._meta.label_lower}:
            lost = key not in after or any(
                key in before and words(before[key], part) - words(after[key], part) for part in own
            )
            if key in before and lost and outcome.name not in of_parents:
                assert outcome.jobs[key] in (Effect.CHANGED, Effect.HIDDEN), (outcome.name, key)


def passages_of(texts):
    """Return {(id of a record, text of a passage, its address)}."""
    return {
        (key, one.parts[number], one.address(number)) for key, one in texts.items() for number in range(len(one.places))
    }


def test_results_show_no_outdated_text(world):
    """A record whose texts are kept is read again once a word of them is no longer there, or has another address."""
    for index in registered_indexes().values():
        keep_texts(index, list(index.index_queryset()))
    assert KeptText.objects.count() > 5
    outdated = set()
    for name, model, field in attempts():
        with transaction.atomic():
            save_another_value(model, field)
            for index in registered_indexes().values():
                records = load_records(map(index.key, index.index_queryset().values_list("pk", flat=True)))
                shown = read_texts(records, waiting_records().changed)
                present = {index.key(record.pk): index.texts(record) for record in index.index_queryset()}
                outdated |= {name} if passages_of(shown) - passages_of(present) else set()
            transaction.set_rollback(True)
    assert outdated == ONLY_WITH_THE_TEXT


def test_rows_that_are_deleted_write_a_job_where_a_document_held_them(world):
    for model in declared_models():
        for row in model._base_manager.all():
            before = documents()
            with transaction.atomic():
                try:
                    with transaction.atomic():
                        row.delete()
                except (models.ProtectedError, IntegrityError):
                    continue
                finally:
                    affected = changed(before, documents())
                    queued = set(IndexJob.objects.values_list("label", "object_id"))
                    assert affected <= queued, model
                    transaction.set_rollback(True)


def test_all_models_that_a_document_is_read_from_are_declared(world):
    tables = {
        model._meta.db_table: model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label != "search"
    }
    for index in registered_indexes().values():
        with CaptureQueriesContext(connection) as queries:
            for record in index.index_queryset():
                index.document(record)
        read = {tables[table] for query in queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
                if table in tables}  # fmt: skip
        declared = {model._meta.label_lower for model in index.sources}
        assert read - declared <= ONLY_READ_ALONG | {"dialogues.summary"}, index.kind_name
