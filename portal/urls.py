from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy

from publishing.admin.exports import export
from search.views import describe

from . import about, crawlers, health, views
from .calendars import site_calendar
from .languages import in_each_language

admin.site.site_header = admin.site.site_title = settings.SITE_NAME
admin.site.index_title = gettext_lazy("All records")

urlpatterns = [
    # For machines: one address in all languages.
    path("healthz", health.health, name="health"),
    path("robots.txt", crawlers.robots, name="robots"),
    path(".well-known/security.txt", crawlers.security_contact, name="security-contact"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", crawlers.sitemap_section, name="sitemap-section"),
    path("opensearch.xml", describe, name="opensearch"),
    path("cards/", include("cards.urls")),
    path("favicon.ico", views.IconView.as_view()),
    in_each_language(
        path("admin/login/", views.StaffDoorView.as_view()),
        # Django's redirect from a record's pk to its address does not check the gate.
        path("admin/r/<path:rest>", views.absent),
        path(
            "admin/<str:app_label>/<str:model_name>/export.<str:file_format>",
            admin.site.admin_view(export),
            name="export",
        ),
        path("admin/intake/", include("intake.urls")),
        path("admin/", admin.site.urls),
        path("desk/", include("desk.urls")),
        path("", views.home, name="home"),
        path("calendar.ics", site_calendar, name="calendar"),
        path("accessibility/", views.AccessibilityView.as_view(), name="accessibility"),
        path("about/", about.AboutView.as_view(), name="about"),
        path("about/follow/", about.FollowView.as_view(), name="follow"),
        path("about/citing/", about.CitingView.as_view(), name="citing"),
        path("about/privacy/", about.PrivacyView.as_view(), name="privacy"),
        path("about/contact/", about.ContactView.as_view(), name="contact"),
        path("search/", include("search.urls")),
        path("contributions/", include("contributions.urls")),
        path("accounts/", include("accounts.urls")),
        path("", include("publishing.urls")),
        path("", include("dialogues.urls")),
    ),
]

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.no_access"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
