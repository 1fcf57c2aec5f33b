"""What the tests of the review share: its addresses, contributions that wait, and a reviewer who looks at them."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from contributions.models import Check, Contribution, Revision
from tests import build

QUEUE = "/desk/review/"
EVERYTHING = {"checklist": "1", "everything": "1", "revision": "1"}
SETTLED = {"checklist": "1", "points": Check.Point.values, "revision": "1"}
VERBS = {
    "submitted": ["publish", "accept", "request_changes", "decline", "withdraw"],
    "returned": ["withdraw"],
    "accepted": ["publish", "request_changes", "decline", "withdraw"],
    "published": ["unpublish", "withdraw"],
    "declined": [],
    "withdrawn": [],
}


def page(record, query=""):
    return reverse("desk:review-page", args=[record.reference]) + query


def press(desk, record, verb, **fields):
    """Press a button of the review page with a settled checklist, and return the page that follows."""
    return desk.post(page(record), SETTLED | {"verb": verb} | fields, follow=True).content.decode()


def save(desk, record, **fields):
    return desk.post(page(record), {"revision": "1", "verb": "save"} | fields, follow=True).content.decode()


def waiting(call, number=1, **fields):
    """Return contributions that wait for a decision, the oldest first."""
    made = [build.contribution(call, state="submitted", title=f"Paper {n}", **fields) for n in range(1, number + 1)]
    for days, one in enumerate(reversed(made), 1):
        Revision.objects.filter(contribution=one).update(sent_at=timezone.now() - timedelta(days=days))
    return made


def looked_at(desk, *records):
    """Open the page of each and settle its checklist, as a reviewer does."""
    for record in records:
        desk.get(page(record))
        desk.post(page(record), EVERYTHING | {"verb": "save"})


def decide(desk, verb, *records, **fields):
    """Decide on several from the queue, and return the page that follows."""
    chosen = {"verb": verb, "record": [record.reference for record in records]}
    return desk.post(QUEUE, chosen | fields, follow=True).content.decode()


def states():
    return list(Contribution.objects.order_by("pk").values_list("state", flat=True))


def buttons(desk, record):
    """Return the verbs that the review page of a contribution offers."""
    html = desk.get(page(record)).content.decode()
    every = [*VERBS["submitted"], "unpublish"]
    return [verb for verb in every if f'name="verb" value="{verb}"' in html]


def state():
    """Return the state of the only contribution."""
    return Contribution.objects.get().state
