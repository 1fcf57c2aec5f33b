"""Citations of contributions: in every format, with the names that the sender chose."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from contributions import workflow
from contributions.citations import contribution_citation
from contributions.models import Contribution, Revision
from dialogues.citations import bibtex, ris
from publishing import workflow as proceedings
from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = pytest.mark.django_db

NAMES = {"person_name": "Pat {Person}", "organization_name": "Sea & Shore, Ltd", "signers": "Harbour House\n海港之家"}
FORMS = ["bib", "ris"]


@pytest.fixture
def portal(settings):
    settings.SITE_NAME, settings.BASE_URL = "Dialogues", "https://portal.example"


def made(**fields):
    call = build.call(build.dialogue(title="Third Dialogue"))
    record = build.contribution(call, title="What we “saw”", language="fr", **{**NAMES, **fields})
    noon = datetime(2024, 8, 2, 12, tzinfo=ZoneInfo("Europe/Vienna"))
    Contribution.objects.filter(pk=record.pk).update(published_at=noon, reference="TIP-2024-0001")
    return Contribution.objects.get(pk=record.pk)


WHERE = (
    "What we “saw”. Written contribution TIP-2024-0001 to Third Dialogue, 10 July 2024. Français, published 2 August "
    "2024. Dialogues. https://portal.example/contributions/TIP-2024-0001/"
)


@pytest.mark.parametrize(
    ("appear_as", "names"),
    [
        ("named", "Pat {Person}; Sea & Shore, Ltd; Harbour House; 海港之家. "),
        ("organization", "Sea & Shore, Ltd; Harbour House; 海港之家. "),
        ("anonymous", ""),
    ],
)
def test_the_citation_has_the_chosen_names(portal, appear_as, names):
    assert contribution_citation(made(appear_as=appear_as)).line == names + WHERE


def test_bibtex_is_exact(portal):
    assert bibtex(contribution_citation(made(appear_as="named"))) == (
        "@techreport{TIP-2024-0001,\n"
        "  author = {{Pat {\\textbraceleft}Person{\\textbraceright}} and {Sea \\& Shore, Ltd} and {Harbour House} "
        "and {海港之家}},\n"
        "  title = {{What we “saw”}},\n"
        "  type = {Written contribution TIP-2024-0001 to Third Dialogue},\n"
        "  number = {TIP-2024-0001},\n"
        "  institution = {{Dialogues}},\n"
        "  year = {2024},\n"
        "  month = jul,\n"
        "  day = {10},\n"
        "  language = {french},\n"
        "  note = {Français, published 2 August 2024},\n"
        "  url = {https://portal.example/contributions/TIP-2024-0001/},\n"
        "}\n"
    )


def test_ris_is_exact(portal):
    assert ris(contribution_citation(made(appear_as="organization"))) == (
        "TY  - RPRT\nID  - TIP-2024-0001\n"
        "AU  - Sea & Shore, Ltd\nAU  - Harbour House\nAU  - 海港之家\n"
        "TI  - What we “saw”\nT2  - Written contribution TIP-2024-0001 to Third Dialogue\n"
        "PY  - 2024\nDA  - 2024/07/10\nIS  - TIP-2024-0001\nLA  - fr\nPB  - Dialogues\n"
        "N1  - Français, published 2 August 2024\n"
        "UR  - https://portal.example/contributions/TIP-2024-0001/\nER  - \n"
    )


def test_an_anonymous_sender_is_named_in_no_format(client):
    record = made(appear_as="anonymous")
    words = ["Pat", "Person", "Shore", "Harbour", "海港"]
    for address in (record.get_absolute_url(), *(f"{record.get_absolute_url()}cite.{form}" for form in FORMS)):
        assert shows(client, address, "TIP-2024-0001")
        assert hides(client, address, *words)
    assert "author" not in client.get(f"{record.get_absolute_url()}cite.bib").content.decode()
    assert "AU  -" not in client.get(f"{record.get_absolute_url()}cite.ris").content.decode()


def test_a_public_correction_is_mentioned_and_a_waiting_one_is_not(portal):
    record = made()
    second = build.correction(record, title="Seen again", organization_name="Other House")
    record = Contribution.objects.get(pk=record.pk)
    assert "corrected" not in contribution_citation(record).line
    assert "Other House" not in contribution_citation(record).line
    workflow.publish(build.checked(record), by=None)
    shown_at = datetime(2024, 9, 3, 12, tzinfo=ZoneInfo("Europe/Vienna"))
    Revision.objects.filter(pk=second.pk).update(shown_at=shown_at)
    line = contribution_citation(Contribution.objects.get(pk=record.pk)).line
    assert line.startswith("Other House. ")  # who signed the first has not confirmed the second
    assert "Français, published 2 August 2024, corrected 3 September 2024. " in line


@pytest.mark.parametrize("state", ["submitted", "returned", "accepted", "declined", "withdrawn"])
def test_a_hidden_contribution_has_no_citation_for_anyone(client, filer, participant, secretary, browser_of, state):
    record = build.contribution(by=participant, state=state)
    for browser in (client, filer, browser_of(secretary)):
        for form in FORMS:
            assert is_absent(browser, f"{record.get_absolute_url()}cite.{form}")
    assert hides(filer, record.get_absolute_url(), "cite.bib")


def test_a_withdrawn_contribution_or_one_to_a_hidden_dialogue_has_no_citation(client, filer, participant):
    withdrawn, orphan = build.contribution(), build.contribution(by=participant)
    workflow.withdraw(withdrawn, by=None)
    proceedings.unpublish(orphan.call.dialogue, by=None)
    for record in (withdrawn, orphan):
        assert is_absent(client, f"{record.get_absolute_url()}cite.bib")
    assert hides(filer, orphan.get_absolute_url(), "cite.bib")


def test_the_page_links_to_its_citations(client):
    record = build.contribution()
    address = record.get_absolute_url()
    assert shows(client, address, f"{address}cite.bib", f"{address}cite.ris", "Cite this contribution")
    answer = client.get(f"{address}cite.bib")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{record.reference}.bib"'
    assert is_absent(client, f"{address}cite.pdf")
