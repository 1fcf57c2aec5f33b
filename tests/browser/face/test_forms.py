"""Pages with forms: while a contribution is written, after it was submitted, and with errors."""

import pytest

from tests import build, files


def press(page):
    """Submit the page's form without the browser's own validation."""
    with page.expect_navigation():
        page.locator("main form[method=post]").last.evaluate(
            "form => { form.noValidate = true; form.querySelector('[type=submit]').click(); }"
        )


@pytest.fixture
def call():
    made = build.call(word_limit=10)
    made.questions.create(number=1, text="What did you see?")
    return made


def steps(contribution, *names):
    return {f"step-{name}": f"/contributions/mine/{contribution.key}/{name}/" for name in names}


def test_the_contribution_form_is_accessible(roles, call, participant, look):
    draft = build.draft(call, by=participant)
    build.attached(draft, "report.pdf", files.pdf(["A report"]), by=participant)
    look(steps(draft, "who", "answers", "files", "appear", "check", "discard"), by=participant)


def test_the_errors_of_an_incomplete_draft_are_accessible(roles, call, participant, look):
    draft = build.draft(call, by=participant, title="", text="")
    look({"refused": f"/contributions/mine/{draft.key}/check/"}, by=participant, do=press)


def test_pages_of_a_submitted_contribution_are_accessible(roles, call, participant, look):
    sent = build.contribution(call, by=participant, state="submitted", attach=[("report.pdf", files.pdf())])
    pages = steps(sent, "withdraw", "receipt") | {"own": f"/contributions/mine/{sent.key}/"}
    look(pages | {"mine": "/contributions/mine/", "begin": "/contributions/new/"}, by=participant)


def test_pages_of_teams_signers_and_the_last_day_are_accessible(roles, participant, look):
    closing = build.call(closes=0.5)
    found = "Call +43 660 1234567 or write to mary@example.org."
    draft = build.draft(closing, by=participant, text=found, signers="Harbour Watch")
    sent = build.contribution(build.call(), by=participant, state="submitted", text=found)
    late = build.draft(build.call(closes=-0.5), by=participant)
    pages = steps(draft, "share", "signers", "check") | {"late": f"/contributions/mine/{late.key}/more-time/"}
    pages |= {"found": f"/contributions/mine/{sent.key}/found/", "held": "/contributions/held/"}
    pages |= {"teams": "/contributions/teams/", "without-code": "/contributions/without-code/"}
    look(pages | {"hold": f"/contributions/calls/{closing.address_number}/without-code/"}, by=participant)


def test_forms_with_errors_are_accessible(sample, look):
    expected = build.dialogue().expected.create(kind="summary")
    forms = {"check": "/contributions/check/", "alert": "/search/alerts/new/?q=debt", "sign-in": "/accounts/sign-in/"}
    forms["watch"] = expected.alert_url
    look({f"{name}-says-no": address for name, address in forms.items()}, do=press)


def test_the_coverage_of_a_summary_without_sources_is_accessible(roles, look):
    secretary = build.user("secretary@example.org", role="Secretariat", is_staff=True)
    summary = build.summary(build.dialogue())
    look({"coverage-of-nothing": f"/contributions/coverage/{summary.dialogue.slug}/"}, by=secretary)
