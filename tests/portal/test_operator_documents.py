"""README.md and the documents for operators explain every setting, and name only commands and files that exist."""

import re

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, get_resolver

from tests.test_house import ROOT

PAGES = [ROOT / "README.md", ROOT / "docs/deploy.md", ROOT / "docs/settings.md"]
FILES = ("settings", "account_settings", "environment")
SETTINGS = "".join((ROOT / f"portal/{name}.py").read_text("utf8") for name in FILES)


def test_the_list_of_settings_explains_exactly_the_variables_that_are_read():
    read = set(re.findall(r'(?:env|self)\.\w+\(\s*"([A-Z_]+)"', SETTINGS))
    table = [line for line in PAGES[2].read_text("utf8").splitlines() if line.startswith("| `")]
    explained = {name for line in table for name in re.findall("`([A-Z_]+)`", line.split("|")[1])}
    assert len(read) > 20
    assert explained == read


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_named_commands_exist(page):
    named = set(re.findall(r"manage\.py (\w+)", page.read_text("utf8")))
    assert named - get_commands().keys() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_linked_files_exist(page):
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^):]+)\)", page.read_text("utf8"))]
    assert [link for link in links if not (page.parent / link).exists()] == []


def secret_paths(patterns, before=""):
    """Yield an example of each address with a secret in it that is known from a letter or a link."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if re.search("<(uuid:key|slug:secret)>", path):
                yield "/" + re.sub("<[^>]*>", "1", path).lstrip("/")
        elif not path.startswith(("admin/", "desk/")):
            yield from secret_paths(pattern.url_patterns, path)


def test_nginx_writes_no_secret_address_to_its_logs():
    places = re.findall(r"location ~ (\S+) \{(.*?)\}", PAGES[1].read_text("utf8"), re.DOTALL)

    def is_silent(path):
        """Return whether the first place that matches, which is the one that nginx takes, writes no log."""
        lines = next((lines for rule, lines in places if re.search(rule.replace("(?<", "(?P<"), path)), "")
        return {"access_log off;", "error_log /var/log/nginx/error.log crit;"} <= set(re.split(r"\s*\n\s*", lines))

    paths = list(secret_paths(get_resolver().url_patterns))
    assert len(paths) > 15
    assert [path for path in paths for start in ("", "/fr") if not is_silent(start + path)] == []
    assert is_silent("/fr/accounts/sign-in/")  # which names the page that comes next
    assert not is_silent("/contributions/SMP-1/")
