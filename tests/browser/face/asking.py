"""Accessibility checks for any page: axe-core's rules, the order of headings, no horizontal scrolling."""

from itertools import pairwise

from axe_playwright_python.base import AXE_SCRIPT

WIDTHS = (360, 768, 1280)  # CSS pixels: phone, tablet, desktop
NARROW = 320  # 1,280 pixels at 400 % zoom
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # the rules whose outcome a scheme can change
SCHEMES = {"light": TAGS, "dark": {"type": "rule", "values": OF_COLOURS}}

RUN_AXE = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(found =>
    found.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.target.join(" ")} ${node.html.slice(0, 160)} (${node.failureSummary})`)))"""
# axe-core reads the colours of each element again, which takes a sixth of its time, although a page has few.
KEEP_COLOURS = """() => { const kept = new Map(), color = axe.commons.color.Color.prototype, read = color.parseString;
    color.parseString = function (text) {
        if (!kept.has(text)) { read.call(this, text); kept.set(text, [this.r, this.g, this.b, this.alpha]); }
        [this.r, this.g, this.b, this.alpha] = kept.get(text);
        return this; }; }"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(heading => heading.checkVisibility()).map(heading => Number(heading.tagName[1]))"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def complaints(page, keep=None, widths=WIDTHS, schemes=SCHEMES):
    """Return the problems of the open page at these widths and schemes; `keep(page, name)` takes screenshots."""
    found = list(wrong_headings(page.evaluate(HEADINGS)))
    prepare(page)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in schemes.items():
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour is measured in a transition
            found += [f"{width} px, {scheme}: {words}" for words in page.evaluate(RUN_AXE, rules)]
            if keep:
                keep(page, f"{width}-{scheme}")
    return found + sideways(page)


def prepare(page):
    """Load axe-core into the open page and into all later pages of its tab, so that it is sent to the browser once."""
    if not page.evaluate("() => 'axe' in window"):
        for run in (page.evaluate, page.add_init_script):
            run(AXE_SCRIPT)
            run(f"({KEEP_COLOURS})()")


def sideways(page):
    """Return a problem if the page is wider than the narrowest window it has to fit."""
    page.set_viewport_size({"width": NARROW, "height": 800})
    too_wide = page.evaluate(SIDEWAYS)
    return [f"{too_wide} px wider than {NARROW}"] if too_wide > 0 else []


def wrong_headings(levels):
    """Yield problems with headings: there must be one h1, it comes first, and no level is skipped."""
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"the page must have one h1, before all other headings, not {levels}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading skips from level {before} to {after}"
