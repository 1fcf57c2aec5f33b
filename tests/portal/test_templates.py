"""What all templates keep to, so that pages read in both directions."""

import re
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings

VOID = {"br", "hr", "img", "input", "link", "meta", "source"}


class FactsParser(HTMLParser):
    """Collects the elements directly inside `class="meta"` that have a direction of their own."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.found = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if self.open and "meta" in self.open[-1][1].split() and "dir" in names:
            self.found.append(self.get_starttag_text())
        if tag not in VOID:
            self.open.append((tag, names.get("class") or ""))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass


def facts_with_a_direction(text):
    parser = FactsParser()
    parser.feed(re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL))
    return parser.found


def test_the_dot_between_two_facts_follows_the_page():
    # The dot comes before the second fact. If that fact had a direction of its own, the dot could be on its far side.
    templates = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    found = {path.name: facts_with_a_direction(path.read_text("utf8")) for path in templates}
    assert {name: facts for name, facts in found.items() if facts} == {"_component.html": ['<code dir="ltr">']}


def test_a_fact_with_a_direction_is_found():
    assert facts_with_a_direction('<p class="meta"><span>1 July</span> <span dir="auto">فيينا</span></p>')
    assert not facts_with_a_direction('<p class="meta"><span>1 July</span> <span><bdi>فيينا</bdi></span></p>')


def forms_without_an_address(source):
    forms = re.findall(r"<form\b(?:[^>{]|\{\{.*?\}\}|\{%.*?%\})*>", source)
    return [form for form in forms if 'method="post"' in form and "action=" not in form]


def test_each_form_that_is_posted_names_its_address():
    # Without one, a browser adds the fragment of the page, such as "#main" of the link that skips the navigation. Then
    # it goes there after an error, and the error summary does not get the focus.
    found = {}
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        if forms := forms_without_an_address(path.read_text("utf8")):
            found[path.name] = forms
    assert found == {}


def test_a_form_without_an_address_is_found():
    assert forms_without_an_address('<form method="post" {% if a > b %}novalidate{% endif %}>')
    assert not forms_without_an_address('<form method="post" action="{{ request.path }}">')
