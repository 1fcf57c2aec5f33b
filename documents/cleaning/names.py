"""Names that authors gave to styles, bookmarks and the like: new ones in their place, the same wherever one is used."""

import re
from collections import Counter
from dataclasses import dataclass, field

# Styles that Word itself brings, by the names that it writes in files.
BUILT_IN = re.compile(
    r"normal( indent| table| \(web\))?|heading [1-9]|(index|toc) ([1-9]|heading)|(footnote|endnote|annotation) "
    r"(text|reference|subject)|header|footer|caption|table of (figures|authorities)|envelope (address|return)|"
    r"(line|page) number|macro|toa heading|list( bullet| number| continue)?( [2-5])?|title|subtitle|closing|signature|"
    r"default paragraph font|body text( indent)?( [23])?|body text first indent( 2)?|message header|salutation|date|"
    r"note heading|block text|(followed)?hyperlink|strong|emphasis|document map|plain text|e-mail signature|"
    r"html (top of form|bottom of form|acronym|address|cite|code|definition|keyboard|preformatted|sample|typewriter|"
    r"variable)|no list|outline list [1-3]|1 / 1\.1 / 1\.1\.1|1 / a / i|article / section|table (simple|classic|"
    r"colorful|columns|grid|list|3d effects|subtle|web)( [1-8])?|table (contemporary|elegant|professional|theme)|"
    r"table grid light|balloon text|placeholder text|no spacing|(light|medium|dark|colorful) (shading|list|grid)"
    r"( [1-3])?( accent [1-6])?|revision|list paragraph|(intense )?quote|(subtle|intense) (emphasis|reference)|"
    r"book title|bibliography|plain table [1-5]|(grid|list) table [1-7]( light| dark| colorful)?( accent [1-6])?|"
    r"mention|smart hyperlink|hashtag|unresolved mention|smart link",
    re.IGNORECASE,
)


@dataclass
class Names:
    """New names by kind and old one, numbered in the order in which they are first asked for."""

    found: Counter
    given: dict[tuple[str, str], str] = field(default_factory=dict)
    numbers: Counter = field(default_factory=Counter)

    def new(self, kind: str, old: str, pattern: str = "{kind}{number}") -> str:
        """Return the new name of what is called `old` among things of this kind."""
        if (kind, old) not in self.given:
            self.numbers[kind] += 1
            self.given[kind, old] = pattern.format(kind=kind, number=self.numbers[kind])
            self.found["names"] += self.given[kind, old] != old
        return self.given[kind, old]


@dataclass
class WordNames(Names):
    """The new names of one Word document; of its styles, ids and titles by the old id, and titles by the old title."""

    ids: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)

    def bookmark(self, old: str) -> str:
        """Return the new name of a bookmark; one that Word hides, by the dash that it begins with, stays hidden."""
        # Those that Word itself makes are renamed too: their numbers come from a clock, and tie copies together.
        return self.new("b", old.lower(), "_b{number}" if old.startswith("_") else "b{number}")

    def add_style(self, style_id: str, name: str, aliases: list[str]) -> None:
        """Give a style its new name and id."""
        new = name
        if not BUILT_IN.fullmatch(name) or name in self.titles.values():
            self.numbers["style"] += 1
            new = f"Style {self.numbers['style']}"
            self.found["names"] += name not in ("", new)
        self.titles.setdefault(style_id, new)
        self.ids.setdefault(style_id, "".join(re.findall(r"\w+", new.title())))
        for one in [name, *aliases]:
            self.styles.setdefault(one.strip().lower(), new)
