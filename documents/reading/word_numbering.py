"""Word's automatic numbers (ECMA-376, 17.9), which are not stored in the text: they are counted as Word counts them."""

import re

from ..xml_trees import Element
from .list_numbers import ListNumber, format_number
from .word_package import W
from .word_styles import Styles, attribute, value

PLACEHOLDER = re.compile(r"%([1-9])")


class Numbering:
    """The counters of a document. Ask `next` once for each paragraph, in the order of the document."""

    def __init__(self, root: Element | None, styles: Styles):
        self.styles = styles
        abstracts = [] if root is None else root.iter(W + "abstractNum")
        lists = [] if root is None else root.iter(W + "num")
        self.abstracts = {attribute(one, "abstractNumId"): one for one in abstracts}
        self.lists = {attribute(one, "numId"): one for one in lists}
        self.counts: dict[str | None, dict[int, int]] = {}
        self.begun: set[str | None] = set()
        self.levels: dict[str | None, dict[str | None, Element]] = {}  # of lists that were asked for

    def next(self, paragraph: Element) -> ListNumber | None:
        """Count a paragraph and return its number, or None if it has none."""
        list_id, level = self._list_of(paragraph)
        if list_id not in self.lists:
            return None
        abstract_id = value(self.lists[list_id], "abstractNumId")
        counts = self.counts.setdefault(abstract_id, {})
        self._apply_start_overrides(list_id, counts)
        counts[level] = counts.get(level, self._start(list_id, level) - 1) + 1
        for deeper in [other for other in counts if other > level and self._restarts(list_id, other, level)]:
            del counts[deeper]
        label = PLACEHOLDER.sub(
            lambda place: self._number_in_label(list_id, int(place[1]) - 1, level, counts),
            self._label_template(list_id, level),
        )
        return ListNumber(label.strip(), abstract_id or "", level, self._format(list_id, level), counts[level])

    def _list_of(self, paragraph: Element) -> tuple[str | None, int]:
        """Return the list and level of a paragraph: its own, or else those of its style or of a style below that."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        list_id, level = (value(own, "numId"), value(own, "ilvl")) if own is not None else (None, None)
        for style in self.styles.chain(paragraph):
            of_style = style.find(f"{W}pPr/{W}numPr")
            if of_style is not None and list_id is None:
                list_id = value(of_style, "numId")
                level = level or value(of_style, "ilvl") or self._level_of_style(list_id, attribute(style, "styleId"))
        return list_id, int(level or 0)

    def _level_of_style(self, list_id: str | None, style_id: str | None) -> str | None:
        levels = self._levels(list_id).items()
        return next((number for number, level in levels if value(level, "pStyle") == style_id), None)

    def _levels(self, list_id: str | None) -> dict[str | None, Element]:
        if list_id not in self.levels:
            self.levels[list_id] = self._find_levels(list_id)
        return self.levels[list_id]

    def _find_levels(self, list_id: str | None) -> dict[str | None, Element]:
        abstract = self.abstracts.get(value(self.lists.get(list_id), "abstractNumId"))
        linked = value(abstract, "numStyleLink")
        if linked:  # a list style holds the levels
            abstract = next((one for one in self.abstracts.values() if value(one, "styleLink") == linked), abstract)
        return {attribute(level, "ilvl"): level for level in ([] if abstract is None else abstract.iterfind(W + "lvl"))}

    def _level(self, list_id: str | None, level: int) -> Element | None:
        override = self._override(list_id, level)
        own = override.find(W + "lvl") if override is not None else None
        return own if own is not None else self._levels(list_id).get(str(level))

    def _override(self, list_id: str | None, level: int) -> Element | None:
        overrides = self.lists[list_id].iterfind(W + "lvlOverride")
        return next((one for one in overrides if attribute(one, "ilvl") == str(level)), None)

    def _start(self, list_id: str | None, level: int) -> int:
        override = self._override(list_id, level)
        return int(value(override, "startOverride") or value(self._level(list_id, level), "start") or 1)

    def _apply_start_overrides(self, list_id: str | None, counts: dict[int, int]) -> None:
        """Restart the levels that a list overrides the start of. This happens once, at the list's first paragraph."""
        if list_id not in self.begun:
            self.begun.add(list_id)
            for override in self.lists[list_id].iterfind(W + "lvlOverride"):
                if value(override, "startOverride") is not None:
                    counts.pop(int(override.get(W + "ilvl", -1)), None)

    def _restarts(self, list_id: str | None, deeper: int, level: int) -> bool:
        after = value(self._level(list_id, deeper), "lvlRestart")
        return after is None or (after != "0" and level < int(after))

    def _format(self, list_id: str | None, level: int) -> str:
        return value(self._level(list_id, level), "numFmt") or "decimal"

    def _label_template(self, list_id: str | None, level: int) -> str:
        text = value(self._level(list_id, level), "lvlText")
        return "" if self._format(list_id, level) == "bullet" else f"%{level + 1}." if text is None else text

    def _number_in_label(self, list_id: str | None, at: int, level: int, counts: dict[int, int]) -> str:
        """Return the number of one level within a label such as 3.1. A level above that has no number yet starts."""
        number = counts.setdefault(at, self._start(list_id, at)) if at < level else counts.get(at, 1)
        own = self._level(list_id, level)
        is_legal = own is not None and own.find(W + "isLgl") is not None
        return str(number) if is_legal else format_number(number, self._format(list_id, at))
