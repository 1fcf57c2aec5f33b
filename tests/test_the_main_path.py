"""The main path through the pages: staff publish, a participant submits, staff review, anyone finds it."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from contributions.models import Check, Contribution
from dialogues.models import Appearance, Dialogue, Quote, Speaker, Summary
from tests import build, files

pytestmark = pytest.mark.django_db

PAGE = "/dialogues/third/"
SENTENCE = "Recruiters kept the travel papers of forty seafarers in a blue cabinet"


def sign_in(email):
    """Return a browser that signed in with the code from the email."""
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": email})
    code = re.search(r"Your code is (\S+)", mail.outbox[-1].body)[1]
    answer = browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer.status_code == 302
    return browser


def submit(browser, address, fields):
    """Post a form and require that it is accepted."""
    answer = browser.post(address, fields)
    assert answer.status_code == 302, re.findall(r"errorlist.*?</ul>", answer.content.decode(), re.DOTALL)
    return answer


def inlines(*prefixes):
    counts = {}
    for prefix in prefixes:
        counts |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return counts


DIALOGUE_INLINES = inlines(
    "sittings", "panels", "appearances", "expected", "counts", "comments",
    "publishing-transition-content_type-object_id",
)  # fmt: skip


def make_dialogue(staff, public):
    """Create a dialogue with a panel, a speaker, a quote and a summary as staff; none of it is public."""
    fields = {"series": build.series().pk, "title": "Third Dialogue", "slug": "third", "timezone": "Europe/Vienna"}
    panel = {"panels-TOTAL_FORMS": "1", "panels-0-number": "1", "panels-0-kind": "panel", "panels-0-title": "At sea"}
    submit(staff, reverse("admin:dialogues_dialogue_add"), fields | DIALOGUE_INLINES | panel)
    dialogue = Dialogue.objects.get()
    assert public.get(PAGE).status_code == 404
    assert "Draft." in staff.get(PAGE).content.decode()
    submit(staff, reverse("admin:dialogues_speaker_add"), {"name": "Ada", "slug": "ada"} | inlines("appearances"))
    who = {"speaker": Speaker.objects.get().pk, "role": "panellist", "title": "Captain", "position": "0"}
    where = {"dialogue": dialogue.pk, "panel": dialogue.panels.get().pk}
    submit(staff, reverse("admin:dialogues_appearance_add"), who | where)
    quote = {"appearance": Appearance.objects.get().pk, "text": "The sea keeps no records.", "language": "en"}
    submit(staff, reverse("admin:dialogues_quote_add"), quote)
    summary = {"dialogue": dialogue.pk, "language": "en", "version": "1", "status": "official"}
    summary["body"] = "1. Ships were spoken of.\n\n2. Debts too."
    submit(staff, reverse("admin:dialogues_summary_add"), summary)
    return dialogue, fields


def publish_dialogue(staff, public, dialogue, fields):
    """Publish the dialogue, its quote and its summary as staff, with the admin's button and actions."""
    address = reverse("admin:dialogues_dialogue_change", args=[dialogue.pk])
    submit(staff, address, fields | DIALOGUE_INLINES | {"_verb": "publish"})
    for name, record in {"quote": Quote.objects.get(), "summary": Summary.objects.get()}.items():
        choice = {"action": "publish_selected", "_selected_action": record.pk}
        submit(staff, reverse(f"admin:dialogues_{name}_changelist"), choice)
    html = public.get(PAGE).content.decode()
    for words in ("Third Dialogue", "At sea", "Ada", "The sea keeps no records.", "Co-Chairs’ summary"):
        assert words in html
    assert 'id="p2"' in public.get(PAGE + "summary/", follow=True).content.decode()


def file_contribution(public, dialogue):
    """Sign in as a participant and submit a contribution with a PDF; there is a receipt and nothing is public."""
    call = build.call(dialogue, title="Call")
    assert "Open for contributions" in public.get(PAGE).content.decode()
    filer = sign_in("captain@example.org")
    step = submit(filer, "/contributions/new/", {"call": call.number, "key": uuid4()}).url
    draft = step.removesuffix("who/")
    file = {"upload": files.upload("report.pdf", files.pdf(["Cover", SENTENCE])), "upload_language": "en"}
    pages = [
        {"organization_name": "Seafarers’ House", "go": "answers"},
        {"title": "Papers at sea", "language": "en", "text": "See the file.", "go": "files"},
        {"upload_language": "en", "go": "appear"},
        {"appear_as": "organization", "go": "send"},
        {"consent": "on", "send": "1"},
    ]
    submit(filer, f"{draft}files/", file)
    for typed in pages:
        step = submit(filer, step, typed).url
    assert step == f"{draft}receipt/"
    contribution = Contribution.objects.get()
    assert contribution.reference.startswith(f"TIP-{call.closes_at.year}-")
    receipt = filer.get(f"/contributions/mine/{contribution.key}/receipt/").content.decode()
    assert contribution.reference in receipt
    assert contribution.newest.attachments.get().document.sha256 in receipt
    assert public.get(contribution.get_absolute_url()).status_code == 404
    assert "0 results" in public.get("/search/", {"q": "blue cabinet"}).content.decode()
    return filer, contribution


def publish_contribution(staff, public, contribution):
    """Publish the contribution as staff; the public finds the sentence on its page of the PDF."""
    settled = {"checklist": "1", "points": Check.Point.values, "revision": "1"}
    submit(staff, reverse("desk:review-page", args=[contribution.reference]), settled | {"verb": "publish"})
    found = public.get("/search/", {"q": "blue cabinet"}).content.decode()
    file = f"{contribution.get_absolute_url()}files/1/"
    assert f"{file}#page-2" in found
    assert "<mark>blue</mark> <mark>cabinet</mark>" in found
    assert "blue cabinet" in public.get(file).content.decode()
    assert public.get(f"{file}download/").status_code == 200


def withdraw(filer, public, contribution):
    """Withdraw the contribution as its sender; nobody finds it any more."""
    contribution.refresh_from_db()
    submit(filer, f"/contributions/mine/{contribution.key}/withdraw/", {})
    assert public.get(contribution.get_absolute_url()).status_code == 410
    assert public.get(f"{contribution.get_absolute_url()}files/1/").status_code == 404
    assert public.get(f"{contribution.get_absolute_url()}files/1/download/").status_code == 404
    assert "0 results" in public.get("/search/", {"q": "blue cabinet"}).content.decode()
    for listing in ("/", "/contributions/", PAGE):
        assert "Papers at sea" not in public.get(listing).content.decode()


def test_the_main_path_from_an_empty_portal_to_a_withdrawn_contribution(secretary):
    staff, public = sign_in(secretary.email), Client()
    dialogue, fields = make_dialogue(staff, public)
    publish_dialogue(staff, public, dialogue, fields)
    filer, contribution = file_contribution(public, dialogue)
    publish_contribution(staff, public, contribution)
    withdraw(filer, public, contribution)
    moves = list(contribution.transitions.order_by("number").values_list("verb", flat=True))
    assert moves == ["submit", "check", "publish", "withdraw"]
