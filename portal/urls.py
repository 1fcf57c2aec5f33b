from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy

from dialogues.admin.exports import export
from search.views import describe

from . import views

admin.site.site_header = admin.site.site_title = settings.SITE_NAME
admin.site.index_title = gettext_lazy("Staff desk")

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("opensearch.xml", describe, name="opensearch"),
    path("favicon.ico", views.IconView.as_view()),
    path("admin/login/", views.StaffDoorView.as_view()),
    # Django's shortcut from a record's number to its address asks no gate.
    path("admin/r/<path:rest>", views.absent),
    path("admin/<str:app_label>/<str:model_name>/export.<str:form>", admin.site.admin_view(export), name="export"),
    path("admin/intake/", include("intake.urls")),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("accessibility/", views.AccessibilityView.as_view(), name="accessibility"),
        path("search/", include("search.urls")),
        path("contributions/", include("contributions.urls")),
        path("accounts/", include("accounts.urls")),
        path("", include("dialogues.urls")),
        prefix_default_language=False,
    ),
]

handler404 = "portal.views.not_found"
