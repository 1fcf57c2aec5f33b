"""What a revision lacks before it can be sent."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from text.counting import count_words

# Where each field stands, so that an error can lead there.
STEP_OF = {"organization_name": "who", "person_name": "who", "title": "answers", "language": "answers",
           "text": "answers", "upload": "files", "consent": "send"}  # fmt: skip


def missing(revision, consent):
    """Sentences by field; a question's field is `answer_<number>`."""
    errors = {**missing_names(revision), **too_long(revision)}
    if not revision.title.strip():
        errors["title"] = _("Give the contribution a title.")
    if not says_something(revision):
        errors["text"] = _("Write a text, answer a question or attach a file: there is nothing to send yet.")
    call = revision.contribution.call
    if revision.language not in dict(call.language_choices):
        errors["language"] = _("This call does not take contributions in that language.")
    if not consent:
        errors["consent"] = _("Agree to the publication, or save the draft and come back.")
    return errors


def missing_names(revision):
    errors = {}
    if not revision.organization_name.strip():
        errors["organization_name"] = _("Say which organization this contribution comes from.")
    if revision.appear_as == "named" and not revision.person_name.strip():
        errors["person_name"] = _("Write the name that should appear, or choose to appear without one.")
    return errors


def says_something(revision):
    answered = any(answer.text.strip() for answer in revision.answers.all())
    return bool(revision.text.strip()) or answered or revision.attachments.exists()


def too_long(revision):
    """What has more words than its call allows, by field."""
    call, errors = revision.contribution.call, {}
    limits = {question.number: question.word_limit for question in call.questions_in(revision.language)}
    texts = {"text": (revision.text, call.word_limit)}
    texts |= {f"answer_{answer.number}": (answer.text, limits.get(answer.number)) for answer in revision.answers.all()}
    for field, (text, limit) in texts.items():
        if limit and (over := count_words(text) - limit) > 0:
            errors[field] = ngettext(
                "This text is %(over)d word longer than the %(limit)d allowed.",
                "This text is %(over)d words longer than the %(limit)d allowed.",
                over,
            ) % {"over": over, "limit": limit}
    return errors


def step_of(field):
    """The step of filing on which a field stands."""
    return "answers" if field.startswith("answer_") else STEP_OF.get(field, "send")
