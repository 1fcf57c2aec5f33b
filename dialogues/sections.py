"""Places on the pages of proceedings where rooms above this one hang theirs.

The page of a dialogue shows the contributions to it, yet `dialogues` may not know of contributions. So a room above
adds a builder for a page, when the site starts, and the page asks all builders what they have for its record.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.module_loading import import_string

_builders = {"dialogue": [], "quote": [], "summary": [], "paragraphs": [], "threads": [], "arrivals": []}


@dataclass
class Section:
    """Something for a page: a heading, the template that shows it and what that template needs.

    `open_until` is the moment until which the record takes contributions; `count`, how many records it stands for,
    those that it leaves to another page included.
    """

    anchor: str
    title: str | Promise
    template: str
    context: dict
    open_until: object = None
    is_empty: bool = False
    count: int | None = None


def add(page, builder):
    """Let a function give a Section for each record of `page` ("dialogue", "quote" or "summary").

    For "arrivals" it takes a list of dialogues and gives what there is of expected documents (`awaited.Arrival`) by
    a dialogue's id.

    `builder` is its dotted path, since models are not there yet when rooms are added; it takes `(record, user)`.
    One for "paragraphs" takes a summary and gives {number: Section}, so that it asks once for all of them; one for
    "threads" takes a topic and gives {id of a public dialogue: Section}.
    """
    if builder not in _builders[page]:
        _builders[page].append(builder)


def build(page, record, user):
    """The sections of one record's page, in the order in which their rooms were added."""
    return [import_string(builder)(record, user) for builder in _builders[page]]


def threads(topic, user):
    """{id of a dialogue: [Section]}: what rooms have on a topic from each dialogue."""
    gathered = {}
    for builder in _builders["threads"]:
        for pk, section in import_string(builder)(topic, user).items():
            gathered.setdefault(pk, []).append(section)
    return gathered


def hang(paragraphs, summary, user):
    """Give each of a summary's paragraphs its `sections`, and return the paragraphs."""
    built = [import_string(builder)(summary, user) for builder in _builders["paragraphs"]]
    for paragraph in paragraphs:
        paragraph.sections = [by_number[paragraph.number] for by_number in built if paragraph.number in by_number]
    return paragraphs
