"""What is asked of any page, whoever looks: axe-core's rules, one first heading, nothing out of sight sideways."""

from itertools import pairwise

from axe_playwright_python.base import AXE_SCRIPT

WIDTHS = (360, 768, 1280)  # CSS pixels: a phone, a tablet, a desk
NARROW = 320  # what is left of 1,280 at 400 % zoom
SCHEMES = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN_AXE = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]}).then(found =>
    found.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.target.join(" ")} ${node.html.slice(0, 160)} (${node.failureSummary})`)))"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(heading => heading.checkVisibility()).map(heading => Number(heading.tagName[1]))"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def complaints(page, keep=None):
    """What is wrong with the page that is open, at every width, light and dark; `keep(page, name)` takes pictures."""
    found = list(wrong_headings(page.evaluate(HEADINGS)))
    page.evaluate(AXE_SCRIPT)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour is caught on its way
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{width} px, {scheme}: {words}" for words in page.evaluate(RUN_AXE, TAGS)]
            if keep:
                keep(page, f"{width}-{scheme}")
    return found + sideways(page)


def sideways(page):
    """By how much the page is wider than the narrowest window that it has to fit."""
    page.set_viewport_size({"width": NARROW, "height": 800})
    too_wide = page.evaluate(SIDEWAYS)
    return [f"{too_wide} px wider than {NARROW}"] if too_wide > 0 else []


def wrong_headings(levels):
    """One heading of the first level, which comes first, and none that skips a level on the way down."""
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"one first heading at the top is asked for, not {levels}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"from level {before} to {after}"
