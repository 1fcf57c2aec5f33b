"""The pages about the site: what it holds, how to follow, cite and reuse it, privacy and contact."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from dialogues.models import Topic
from publishing.pages import ListPage
from publishing.site_texts import lazy_title
from publishing.views import SiteTextPageView

from . import site_texts

ABOUT = ListPage.of("about", lazy_title(site_texts.ABOUT), site_texts.ABOUT.purpose, ())
FOLLOW = ListPage.of(
    "follow", _("Follow the dialogues"), _("Get updates by email, in a feed reader or in your calendar."), ()
)
CITING = ListPage.of(
    "citing",
    lazy_title(site_texts.CITING),
    _("How to cite a dialogue, a paragraph, a quote or a contribution."),
    (),
)
PRIVACY = ListPage.of("privacy", lazy_title(site_texts.PRIVACY), site_texts.PRIVACY.purpose, ())
CONTACT = ListPage.of("contact", lazy_title(site_texts.CONTACT), site_texts.CONTACT.purpose, ())


class AboutView(SiteTextPageView):
    """What a Constructive Dialogue is, who takes part, and how a contribution becomes part of the record."""

    public_page = ABOUT
    kind = site_texts.ABOUT


class FollowView(TemplateView):
    """The ways to learn of what is new: email alerts, feeds and calendars; and a list of the topics with theirs."""

    public_page = FOLLOW
    template_name = "portal/follow.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(topics=Topic.objects.published().by_name(), **kwargs)


class CitingView(SiteTextPageView):
    """How to cite the records and their parts, and what may be reused."""

    public_page = CITING
    kind = site_texts.CITING
    template_name = "portal/citing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(licence_url=settings.LICENCE_URL, **kwargs)


class PrivacyView(SiteTextPageView):
    """What the site knows about its readers."""

    public_page = PRIVACY
    kind = site_texts.PRIVACY


class ContactView(SiteTextPageView):
    """Where to write."""

    public_page = CONTACT
    kind = site_texts.CONTACT
