"""The texts of the site itself: which were changed, what is missing in each language, and a page for each."""

from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import TemplateView

from publishing.models import SiteText
from publishing.site_texts import KINDS, SiteTextKind, text_of
from publishing.translation_forms import LANGUAGES
from publishing.workflow import use_default_text, write_site_text
from text.localized import direction, interface_language

from ..access import DeskMixin
from ..forms import SiteTextForm
from ..kinds import pk_in

MOST_VERSIONS = 50


def states_of(kind: SiteTextKind, written: SiteText | None) -> list[tuple[str, str, str]]:
    """Return code, name and state of each language: "default", "changed", or "missing"."""
    if written is None:
        return [(code, name, "default") for code, name in LANGUAGES.items()]
    default = kind.unsaved()
    fields = SiteText.translated_fields if kind.has_body else ("title",)

    def state(code: str) -> str:
        if any(code in written.missing_languages(field) for field in fields):
            return "missing"
        same = all(written.in_language(field, code) == default.in_language(field, code) for field in fields)
        return "default" if same else "changed"

    return [(code, name, state(code)) for code, name in LANGUAGES.items()]


class SiteTextListView(DeskMixin, TemplateView):
    """All texts of the site, with the state of each in each language."""

    permissions = ("publishing.view_sitetext",)
    template_name = "desk/site_texts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        written = {text.name: text for text in SiteText.objects.all()}
        rows = [(kind, states_of(kind, written.get(kind.name))) for kind in KINDS.values()]
        return super().get_context_data(rows=rows, **kwargs)


class SiteTextView(DeskMixin, TemplateView):
    """One text beside its translation: edit them, preview them, go back to the default or to earlier words."""

    permissions = ("publishing.change_sitetext",)
    template_name = "desk/site_text.html"

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        self.language: str = kwargs["language"]
        if kwargs["name"] not in KINDS or self.language not in LANGUAGES:
            raise Http404
        self.kind = KINDS[kwargs["name"]]
        self.written = SiteText.objects.filter(name=self.kind.name).first()
        return super().enter(request, **kwargs)

    def make_form(self, **kwargs: Any) -> SiteTextForm:
        """Return the form with the words of staff, or with the default."""
        instance = self.written or self.kind.unsaved()
        return SiteTextForm(kind=self.kind, language=self.language, user=self.request.user, instance=instance, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = SiteText.history.filter(name=self.kind.name).select_related("history_user")
        kwargs["form"] = kwargs.get("form") or self.make_form(initial=self.earlier_words())
        return super().get_context_data(
            **kwargs,
            kind=self.kind,
            code=self.language,
            direction=direction(self.language),
            languages=states_of(self.kind, self.written),
            is_changed=self.written is not None,
            versions=versions[:MOST_VERSIONS],
        )

    def earlier_words(self) -> dict[str, str]:
        """Return the words of `?version=`, or nothing, in which case the form shows the present ones."""
        versions = SiteText.history.filter(name=self.kind.name)
        version = versions.filter(pk=pk_in(self.request.GET.get("version", ""))).first()
        if version is None:
            return {}
        translated = version.translations.get(self.language, {})
        words = {f"{field}_{self.language}": translated.get(field, "") for field in SiteText.translated_fields}
        return {"title": version.title, "body": version.body, **words}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("do")
        if verb == "default":
            use_default_text(self.kind, by=request.user)
            messages.success(request, _("The default words are used. Yours are kept under “Earlier words”."))
            return redirect(request.path)
        form = self.make_form(data=request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if verb == "preview":
            with override(interface_language(self.language)):
                preview = text_of(self.kind, form.instance)
                html = preview.html  # marked for a page in this language
            return self.render_to_response(self.get_context_data(form=form, preview=preview, html=html))
        write_site_text(self.kind, form.instance, by=request.user)
        messages.success(request, _("Saved. The page shows it at once."))
        return redirect(request.path)
