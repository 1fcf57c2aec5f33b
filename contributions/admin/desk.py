"""What the page of a review shows beside the words: what to look at, and what changed between revisions."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from contributions.checklist import language_doubt, look
from dialogues.models import Speaker
from text.differences import compare

MOST_READ = 500_000  # characters that are looked through while a reviewer waits


def within(most, pieces):
    """The first `most` characters of pieces, (place, address, text)."""
    for place, address, text in pieces:
        yield place, address, text[:most]
        most = max(0, most - len(text))


def pieces_of(revision):
    """All that would be published of a revision, as (place, address, text)."""
    yield _("Title"), "", revision.title
    for answer in revision.answers.all():
        yield _("Answer %(number)d") % {"number": answer.number}, "", answer.text
    yield _("Text"), "", revision.text
    for attachment in revision.attachments.select_related("document"):
        attachment.revision = revision
        for page in attachment.document.pages.all():
            words = {"file": attachment.number, "page": page.number}
            address = f"{attachment.get_absolute_url()}#{urlencode({'page': page.number})}"
            yield _("File %(file)d, page %(page)d") % words, address, page.text


def doubts(revision):
    """What a person should look at before this is published: see `contributions.checklist`."""
    pieces = list(pieces_of(revision))
    addresses = {place: address for place, address, _text in pieces}
    # Of the sender's own names those only that are to be read: the others are what must not stand in the text.
    shown = revision.byline
    known = [*Speaker.objects.published().values_list("name", flat=True), shown.organization, shown.person]
    known += shown.signers
    found = look([(place, text) for place, _address, text in within(MOST_READ, pieces)], known=filter(None, known))
    words = "\n".join([revision.text, *(answer.text for answer in revision.answers.all())])
    return {
        "findings": [{"finding": finding, "address": addresses[finding.place]} for finding in found],
        "more_findings": found.more,
        "most_read": MOST_READ if sum(len(text) for _place, _address, text in pieces) > MOST_READ else None,
        "looks_like": dict(settings.CONTENT_LANGUAGES).get(language_doubt(words, revision.language)),
    }


def compared(contribution, asked):
    """Two of the revisions that were sent, field by field; the last two unless `asked` (a query) says which."""
    sent = list(contribution.revisions.sent())
    by_number = {str(revision.number): revision for revision in sent}
    new = by_number.get(asked.get("new")) or sent[-1]
    old = by_number.get(asked.get("old")) or max(
        (revision for revision in sent if revision.number < new.number), key=lambda one: one.number, default=new
    )
    return {"revisions": sent, "old": old, "new": new, "parts": list(parts(old, new))}


def parts(old, new):
    """(label, pairs of paragraphs) for each field in which two revisions differ, and always for the text."""
    texts = {
        _("Organization"): (old.organization_name, new.organization_name),
        _("Name"): (old.person_name, new.person_name),
        _("Signers"): (old.signers, new.signers),
        _("How it appears"): (old.get_appear_as_display(), new.get_appear_as_display()),
        _("Title"): (old.title, new.title),
        _("Language"): (old.get_language_display(), new.get_language_display()),
        **answers(old, new),
        _("Text"): (old.text, new.text),
        _("Files"): (listed(old), listed(new)),
    }
    for label, (before, after) in texts.items():
        if before != after or label == _("Text"):
            yield label, compare(before, after)


def answers(old, new):
    given = [{answer.number: answer.text for answer in revision.answers.all()} for revision in (old, new)]
    numbers = sorted({number for texts in given for number in texts})
    return {
        _("Answer %(number)d") % {"number": number}: tuple(texts.get(number, "") for texts in given)
        for number in numbers
    }


def listed(revision):
    """The files of a revision, one a paragraph, by what tells them apart."""
    return "\n\n".join(
        f"{attachment.number}. {attachment.document.get_kind_display()}, {attachment.get_language_display()}, "
        f"{attachment.document.sha256[:12]} {attachment.get_appear_as_display()}".strip()
        for attachment in revision.attachments.select_related("document")
    )
