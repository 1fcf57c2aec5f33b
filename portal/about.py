"""The pages about the site: what it holds, how to follow, cite and reuse it, privacy and contact."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from dialogues.models import Topic
from publishing.pages import ListPage
from subscriptions.workflow import FORGET_UNCONFIRMED_AFTER

ABOUT = ListPage.of(
    "about",
    _("About the dialogues"),
    _("What a Constructive Dialogue is, who takes part, and how a contribution becomes part of the record."),
    (),
)
FOLLOW = ListPage.of(
    "follow", _("Follow the dialogues"), _("Get updates by email, in a feed reader or in your calendar."), ()
)
CITING = ListPage.of(
    "citing", _("Cite and reuse"), _("How to cite a dialogue, a paragraph, a quote or a contribution."), ()
)
PRIVACY = ListPage.of("privacy", _("Privacy"), _("What this site knows about its readers, and what it does not."), ())
CONTACT = ListPage.of("contact", _("Contact"), _("Where to write about corrections, take-downs and accessibility."), ())


class AboutView(TemplateView):
    """What a Constructive Dialogue is, who takes part, and how a contribution becomes part of the record."""

    public_page = ABOUT
    template_name = "portal/about.html"


class FollowView(TemplateView):
    """The ways to learn of what is new: email alerts, feeds and calendars; and a list of the topics with theirs."""

    public_page = FOLLOW
    template_name = "portal/follow.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(topics=Topic.objects.published().by_name(), **kwargs)


class CitingView(TemplateView):
    """How to cite the records and their parts, and what may be reused."""

    public_page = CITING
    template_name = "portal/citing.html"
    extra_context = {"licence": settings.LICENCE, "licence_url": settings.LICENCE_URL}


class PrivacyView(TemplateView):
    """What the site knows about its readers."""

    public_page = PRIVACY
    template_name = "portal/privacy.html"
    extra_context = {"unconfirmed_days": FORGET_UNCONFIRMED_AFTER.days, "contact": settings.CONTACT_EMAIL}


class ContactView(TemplateView):
    """Where to write."""

    public_page = CONTACT
    template_name = "portal/contact.html"
    extra_context = {"contact": settings.CONTACT_EMAIL}
