"""What the page of a summary shows beside the form: the original, and what to look at in the text."""

from dialogues.models import Paragraph, Summary
from dialogues.paragraphs import read_blocks
from dialogues.summary_checks import language_warnings, warnings


def original_of(summary):
    """The file of a summary as it was read: pages of a PDF, of other files the whole text."""
    document, reading = summary.document, getattr(summary, "reading", None)
    if document is None:
        return {"has_original": False}
    return {
        "has_original": True,
        "document": document,
        "reading": reading,
        "pages": document.pages.all() if document.kind == "pdf" else [],
        "blocks": read_blocks(reading.text) if reading else [],
        "is_other_text": bool(reading and reading.text and summary.paragraphs.exists()),
    }


def warnings_about(summary, text):
    """Sentences about a text as it stands in the form, and about the languages that it should agree with."""
    numbers = [block.number for block in read_blocks(text) if block.number is not None]
    others = Summary.objects.filter(dialogue=summary.dialogue).exclude(language=summary.language).current()
    named = [(other.get_language_display(), numbers_of(other)) for other in others]
    return [*warnings(text), *language_warnings(numbers, [pair for pair in named if pair[1]])]


def numbers_of(summary):
    """The numbers of a summary's paragraphs."""
    return list(Paragraph.objects.filter(summary=summary).exclude(number=None).values_list("number", flat=True))
