"""The texts of the home page and of the pages about the site, which staff can write themselves."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from mail.letter import Field
from publishing.site_texts import SiteTextKind, register
from subscriptions.workflow import FORGET_UNCONFIRMED_AFTER

PAGES = {"terms": "contributions:terms", "dialogues": "dialogues:list", "contact_page": "contact"}


def _address_of(name: str) -> str:
    return settings.BASE_URL + reverse(PAGES[name])


def _page(name: str, meaning: Any) -> Field:
    return Field(name, meaning, lazy(_address_of, str)(name))


TERMS_FIELD = _page("terms", _("The address of the page on how contributions are handled."))
DIALOGUES_FIELD = _page("dialogues", _("The address of the list of dialogues."))
CONTACT_PAGE_FIELD = _page("contact_page", _("The address of the page with the contact."))
CONTACT_FIELD = Field("contact", _("The email address for readers, from the settings."), "secretariat@example.org")


def values_of(*names: str) -> Callable[[], dict[str, Any]]:
    """Return a function that returns the values of these fields."""

    def values() -> dict[str, Any]:
        known = {
            "contact": settings.CONTACT_EMAIL,
            "licence": settings.LICENCE,
            "licence_url": settings.LICENCE_URL,
            "unconfirmed_days": FORGET_UNCONFIRMED_AFTER.days,
            "unproved_hours": settings.UNPROVED_ACCOUNT_HOURS,
            "idle_days": settings.IDLE_ACCOUNT_DAYS,
            "message_days": settings.MESSAGE_DAYS,
        }
        return {name: _address_of(name) if name in PAGES else known[name] for name in names}

    return values


HOME_TEXT = register(
    SiteTextKind(
        "home",
        _("Home page"),
        _("The heading of the home page, and the sentence that says what this site is."),
        "portal/texts/home.txt",
    )
)
ABOUT = register(
    SiteTextKind(
        "about",
        _("About the dialogues"),
        _("What a Constructive Dialogue is, who takes part, and how a contribution becomes part of the record."),
        "portal/texts/about.txt",
        (TERMS_FIELD, DIALOGUES_FIELD),
        values_of("terms", "dialogues"),
    )
)
CITING = register(
    SiteTextKind(
        "citing",
        _("Cite and reuse"),
        _("How to cite the records, and the licence of the texts."),
        "portal/texts/citing.txt",
        (
            Field("licence", _("The name of the licence, from the settings."), "CC BY 4.0"),
            Field("licence_url", _("The address of the licence, from the settings."), "https://example.org/by/"),
        ),
        values_of("licence", "licence_url"),
    )
)
PRIVACY = register(
    SiteTextKind(
        "privacy",
        _("Privacy"),
        _("What this site knows about its readers, and what it does not."),
        "portal/texts/privacy.txt",
        (
            Field("unconfirmed_days", _("Days until an unconfirmed email address is deleted."), "7"),
            Field("unproved_hours", _("Hours until an account is deleted that nobody signs in to."), "24"),
            Field("idle_days", _("Days until an account without rights is deleted that nobody uses."), "730"),
            Field("message_days", _("Days until a note of reviewers is deleted."), "180"),
            TERMS_FIELD,
            CONTACT_PAGE_FIELD,
        ),
        values_of("unconfirmed_days", "unproved_hours", "idle_days", "message_days", "terms", "contact_page"),
    )
)
CONTACT = register(
    SiteTextKind(
        "contact",
        _("Contact"),
        _("Where to write about corrections, take-downs and accessibility."),
        "portal/texts/contact.txt",
        (CONTACT_FIELD,),
        values_of("contact"),
    )
)
ACCESSIBILITY_CONTACT = register(
    SiteTextKind(
        "accessibility-contact",
        _("Contact for accessibility"),
        _("The last part of the accessibility statement: where to report a barrier."),
        "portal/texts/accessibility-contact.txt",
        (CONTACT_FIELD,),
        values_of("contact"),
    )
)
