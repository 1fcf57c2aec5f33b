"""Builders: each makes one record with everything it needs, and takes the fields that a test cares about."""

import hashlib
from datetime import date, timedelta
from itertools import count

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from contributions import workflow as filing
from contributions.models import Call, CallLetter, Check, Contribution, Reflection, Revision
from dialogues import workflow
from dialogues.models import (
    Appearance,
    Dialogue,
    NewsItem,
    Panel,
    Paper,
    Photograph,
    Quote,
    Recording,
    Series,
    Speaker,
    Statement,
    Summary,
    Topic,
)
from dialogues.workflow.recommendations import marks_digest
from documents.models import CleanCopy
from documents.tasks import read_document, render_picture
from documents.workflow import store, store_picture
from publishing import workflow as publishing
from search.models import Concept
from tests import files

numbers = count(1)


def user(email, *, role=None, **fields):
    made = get_user_model().objects.create_user(email, **fields)
    if role:
        made.groups.add(Group.objects.get(name=role))
    return made


def reachable_user(email=None, **fields):
    """Return a user whose address was proved with a code."""
    made = user(email or f"reader-{next(numbers)}@example.org", **fields)
    EmailAddress.objects.create(user=made, email=made.email, verified=True)
    return made


def series(code="TIP", **fields):
    return Series.objects.get_or_create(code=code, defaults={"name": f"Series {code}", "slug": code.lower(), **fields})[
        0
    ]


def published(record):
    publishing.publish(record, by=None)
    return record


def dialogue(*, public=True, **fields):
    number = next(numbers)
    made = Dialogue.objects.create(
        **{
            "series": fields.pop("series", None) or series(),
            "title": f"Dialogue {number}",
            "slug": f"dialogue-{number}",
            "starts_on": date(2024, 7, 10),
            **fields,
        }
    )
    return published(made) if public else made


def panel(of, *, number=1, **fields):
    return Panel.objects.create(dialogue=of, number=number, **{"title": f"Panel {number}", **fields})


def speaker(name=None, **fields):
    number = next(numbers)
    return Speaker.objects.create(name=name or f"Speaker {number}", slug=f"speaker-{number}", **fields)


def portrait():
    """Return a picture with its renditions, ready to be shown."""
    return store_picture(files.upload("portrait.jpg", files.jpeg()), alt="A person at a desk", credit="A. Photographer")


def co_chair(of, *, role="co-chair", panel=None, **fields):
    """Return a user of the Co-Chairs group who appears at a dialogue in this role."""
    account = user(f"chair-{next(numbers)}@example.org", role="Co-Chairs", **fields)
    appearance(of, who=speaker(account=account), role=role, panel=panel)
    return account


def appearance(of, *, who=None, role="panellist", **fields):
    return Appearance.objects.create(dialogue=of, speaker=who or speaker(), role=role, **fields)


def quote(at, *, public=True, text="We were heard.", **fields):
    made = Quote.objects.create(appearance=at, text=text, **fields)
    return published(made) if public else made


def recording(of, **fields):
    return Recording.objects.create(
        dialogue=of, **{"title": "Morning", "url": "https://media.un.org/en/asset/k1x", **fields}
    )


def statement(of, *, at=None, public=True, text="We speak for the harbour.", **fields):
    """Return a statement of someone who appeared from the floor, or of `at`, or of an organization alone."""
    if at is None and "organization" not in fields:
        at = appearance(of, role="floor")
    made = Statement.objects.create(dialogue=of, appearance=at, text=text, **fields)
    return published(made) if public else made


def photograph(of, *, public=True, **fields):
    """Return a photograph with consent and renditions."""
    consent = {"consented_on": date(2024, 7, 9), "consent_note": "Forms in the file of the day"}
    picture = store_picture(files.upload("hall.jpg", files.jpeg()), alt="A full hall", credit="A. Photographer")
    made = Photograph.objects.create(dialogue=of, picture=picture, **{"caption": "The hall", **consent, **fields})
    if public and not made.picture.renditions.exists():  # tasks wait
        render_picture.call(made.picture_id)
    return published(made) if public else made


def summary(of, *, public=True, text="1. First paragraph.\n\n2. Second paragraph.", **fields):
    made = Summary.objects.create(dialogue=of, **fields)
    workflow.write_paragraphs(made, text)
    return published(made) if public else made


def recommendation(of, *numbers, kind="recommendation"):
    """Mark paragraphs of a summary by their numbers, or remove the marks with an empty kind."""
    anchors = {f"p{number}": kind for number in numbers}
    workflow.mark_paragraphs(of, anchors, by=None, seen=marks_digest(of))


def clean_copy(of, content=None):
    """Give an unprocessed document a clean copy with its own bytes, or with `content`."""
    with of.file.open("rb") as file:
        content = content or file.read()
    copy = CleanCopy(document=of, size=len(content), sha256=hashlib.sha256(content).hexdigest())
    copy.file.save("", ContentFile(content), save=False)
    copy.save()
    return copy


def paper(of, *, public=True, pages=("Programme of the day",), **fields):
    document = store(files.upload("programme.pdf", files.pdf(pages)))
    document.copy or clean_copy(document)
    made = Paper.objects.create(dialogue=of, document=document, **{"kind": "programme", "title": "Programme", **fields})
    return published(made) if public else made


def news_item(title="The news", *, about=(), public=True, **fields):
    made = NewsItem.objects.create(title=title, **{"slug": f"news-{next(numbers)}", "text": "It was said.", **fields})
    made.dialogues.set(about)
    return published(made) if public else made


def concept(name, others="", *, ambiguous="", **translations):
    """Return a concept with its official term and others in English; a translation is {language: terms}."""
    texts = {language: terms.partition("; ")[::2] for language, terms in translations.items()}
    kept = {language: {"name": first, "other_terms": rest} for language, (first, rest) in texts.items()}
    filled = {language: {field: text for field, text in terms.items() if text} for language, terms in kept.items()}
    made = Concept(name=name, other_terms=others, ambiguous_terms=ambiguous, translations=filled)
    made.full_clean()
    made.save()
    return made


def topic(name="Children", *, public=True):
    made = Topic.objects.create(name=name, slug=f"topic-{next(numbers)}")
    return published(made) if public else made


def call(of=None, *, public=True, opens=-1, closes=1, **fields):
    """Return a call that opens and closes this many days from now."""
    now = timezone.now()
    made = Call.objects.create(
        dialogue=of or dialogue(),
        **{
            "title": "Call for contributions",
            "opens_at": now + timedelta(days=opens),
            "closes_at": now + timedelta(days=closes),
            **fields,
        },
    )
    return published(made) if public else made


def call_letter(to, *, states=("submitted",), **fields):
    """Return a letter to the filers of a call that is not sent yet."""
    words = {"subject": "News of the call", "body": "It closes on {end}.", **fields}
    return CallLetter.objects.create(call=to, states=list(states), **words)


def draft(to, *, by=None, **fields):
    """Return a contribution that has not been submitted."""
    made = Contribution.objects.create(call=to, filer=by)
    words = {"organization_name": "Open Door", "title": "What we saw", "text": "Our account.", **fields}
    words.setdefault("confirmed_signers", words.get("signers", "").splitlines())
    Revision.objects.create(contribution=made, **words)
    return made


def attached(contribution, name="report.pdf", content=None, *, by=None, language="en", cleaned=True, **options):
    """Attach a file to the revision being written; it has a clean copy unless `cleaned` is false."""
    upload = files.upload(name, content or files.pdf())
    made = filing.attach(contribution.draft, upload, by=by, language=language, **options)
    if cleaned and made.document.copy is None:  # tasks wait
        read_document.call(made.document_id)
    made.document.refresh_from_db()
    return made


def checked(contribution):
    """Return the contribution with every point of its checklist complete."""
    for point in Check.Point:
        contribution.newest.checks.get_or_create(point=point)
    return contribution


def contribution(to=None, *, by=None, state="published", attach=(), **fields):
    """Return a contribution that went through the workflow up to `state`, with files given as (name, bytes)."""
    if state == "returned" and by is None:  # only a sender can be asked for changes
        by = user(f"sender-{next(numbers)}@example.org")
    of_case = {name: fields.pop(name) for name in ("organization", "assigned_to") if name in fields}
    made = draft(to or call(), by=by, **fields)
    if of_case:
        Contribution.objects.filter(pk=made.pk).update(**of_case)
        made.refresh_from_db()
    confirmed = made.draft.confirmed_signers  # before the files change what they confirmed
    for name, content in attach:
        attached(made, name, content)
    if state != "draft":
        filing.submit(made, by=None, consent=True)
        confirm(made, confirmed)
    if state == "accepted":
        filing.accept(made, by=None)
    if state == "published":
        filing.publish(made, by=None)
    if state == "declined":
        filing.decline(made, by=None, note="Not on the subject.")
    if state == "withdrawn":
        filing.withdraw(made, by=None)
    if state == "returned":
        filing.request_changes(made, by=None, note="Leave the name out.")
    return made


def confirm(contribution, names):
    """Let the newest revision have confirmed signers, as on the word of staff."""
    Revision.objects.filter(pk=contribution.newest_id).update(confirmed_signers=names)
    contribution.newest.refresh_from_db(fields=["confirmed_signers"])


def gone(record):
    """Delete a submitted contribution, which the site never does, to test that the index stops showing it."""
    Contribution.objects.filter(pk=record.pk).update(
        state="draft", newest=None, shown=None, published_at=None, submitted_at=None
    )
    Contribution.objects.get(pk=record.pk).delete()


def correction(of, *, by=None, sent=True, **fields):
    """Return a new revision of a contribution; it is submitted unless `sent` is false."""
    revision = filing.revise(of, by=by)
    filing.save(revision, by=by, **fields)
    if sent:
        filing.submit(of, by=by, consent=True)
    return revision


def reflection(paragraph, source, *, state="confirmed", **fields):
    """Return the link between a paragraph and a contribution or quote."""
    name = source._meta.model_name
    words = {"text": paragraph.text, "at": timezone.now(), **fields}
    return Reflection.objects.create(paragraph=paragraph, **{name: source}, state=state, **words)
