"""Word's automatic numbers. They are nowhere in the text: they are counted, as Word counts them."""

import re

from documents.cleaning.ooxml.vocabulary import W
from documents.structure.counted import Numbered
from documents.structure.labels import label

PLACE = re.compile(r"%([1-9])")


class Numbering:
    """The counters of a document; asked once for each paragraph, in order."""

    def __init__(self, root, styles):
        self.styles = styles
        self.abstracts = (
            {} if root is None else {key(one, "abstractNumId"): one for one in root.iter(W + "abstractNum")}
        )
        self.lists = {} if root is None else {key(one, "numId"): one for one in root.iter(W + "num")}
        self.counts, self.begun = {}, set()

    def next(self, paragraph) -> Numbered | None:
        """Count a paragraph, or return None for one without a number."""
        list_id, level = self._asked(paragraph)
        if list_id not in self.lists:
            return None
        abstract_id = value(self.lists[list_id], "abstractNumId")
        counts = self.counts.setdefault(abstract_id, {})
        self._restart(list_id, counts)
        counts[level] = counts.get(level, self._start(list_id, level) - 1) + 1
        for deeper in [other for other in counts if other > level and self._restarts(list_id, other, level)]:
            del counts[deeper]
        shown = PLACE.sub(
            lambda place: self._part(list_id, int(place[1]) - 1, level, counts), self._text(list_id, level)
        )
        return Numbered(shown.strip(), abstract_id, level, self._kind(list_id, level), counts[level])

    def _asked(self, paragraph):
        """The list and level of a paragraph: its own, else those of its style or of one that it is based on."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        list_id, level = (value(own, "numId"), value(own, "ilvl")) if own is not None else (None, None)
        for style in self.styles.chain(paragraph):
            of_style = style.find(f"{W}pPr/{W}numPr")
            if of_style is not None and list_id is None:
                list_id = value(of_style, "numId")
                level = level or value(of_style, "ilvl") or self._level_of(list_id, key(style, "styleId"))
        return list_id, int(level or 0)

    def _level_of(self, list_id, style_id):
        levels = self._levels(list_id).items()
        return next((number for number, level in levels if value(level, "pStyle") == style_id), None)

    def _levels(self, list_id):
        abstract = self.abstracts.get(value(self.lists.get(list_id), "abstractNumId"))
        linked = value(abstract, "numStyleLink")
        if linked:  # the levels stand with a style of lists
            abstract = next((one for one in self.abstracts.values() if value(one, "styleLink") == linked), abstract)
        return {key(level, "ilvl"): level for level in ([] if abstract is None else abstract.iterfind(W + "lvl"))}

    def _level(self, list_id, level):
        override = self._override(list_id, level)
        own = override.find(W + "lvl") if override is not None else None
        return own if own is not None else self._levels(list_id).get(str(level))

    def _override(self, list_id, level):
        overrides = self.lists[list_id].iterfind(W + "lvlOverride")
        return next((one for one in overrides if key(one, "ilvl") == str(level)), None)

    def _start(self, list_id, level):
        override = self._override(list_id, level)
        return int(value(override, "startOverride") or value(self._level(list_id, level), "start") or 1)

    def _restart(self, list_id, counts):
        """A list that begins anew does so once, when it is first met."""
        if list_id not in self.begun:
            self.begun.add(list_id)
            for override in self.lists[list_id].iterfind(W + "lvlOverride"):
                if value(override, "startOverride") is not None:
                    counts.pop(int(key(override, "ilvl")), None)

    def _restarts(self, list_id, deeper, level):
        after = value(self._level(list_id, deeper), "lvlRestart")
        return after is None or (after != "0" and level < int(after))

    def _kind(self, list_id, level):
        return value(self._level(list_id, level), "numFmt") or "decimal"

    def _text(self, list_id, level):
        text = value(self._level(list_id, level), "lvlText")
        return "" if self._kind(list_id, level) == "bullet" else f"%{level + 1}." if text is None else text

    def _part(self, list_id, at, level, counts):
        """The number of one level within a label such as 3.1; a level above that was not met yet is at its start."""
        number = counts.setdefault(at, self._start(list_id, at)) if at < level else counts.get(at, 1)
        legal = self._level(list_id, level).find(W + "isLgl") is not None
        return str(number) if legal else label(number, self._kind(list_id, at))


def key(element, name):
    """An attribute of Word's."""
    return element.get(W + name)


def value(element, name):
    """The value of a child of Word's that has nothing else; None without the child, or the element."""
    child = element.find(W + name) if element is not None else None
    return None if child is None else key(child, "val")
