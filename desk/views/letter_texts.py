"""The words of letters: which were changed, and a page for each letter and language."""

from contextlib import AbstractContextManager
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from mail.letter import KINDS, Letter, Words
from mail.models import LetterText
from mail.sending import send_test, unusable_texts
from mail.workflow import use_default, write_words
from text.localized import direction

from ..access import DeskMixin
from ..forms import LetterTextForm
from ..kinds import pk_in

LANGUAGES = dict(settings.LANGUAGES)
MOST_VERSIONS = 50


class LetterListView(DeskMixin, TemplateView):
    """All letters that the portal sends, by the part of the portal that sends them."""

    permissions = ("mail.view_lettertext",)
    template_name = "desk/letters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changed = set(LetterText.objects.values_list("letter", "language"))
        rows = [
            (letter, [(code, name, (letter.name, code) in changed) for code, name in settings.LANGUAGES])
            for letter in KINDS.values()
        ]
        groups = [(app, list(found)) for app, found in groupby(rows, lambda row: row[0].app_name)]
        groups.sort(key=lambda group: -len(group[1]))  # the letters about contributions first
        return super().get_context_data(groups=groups, unusable=unusable_texts(), **kwargs)


class LetterView(DeskMixin, TemplateView):
    """The words of one letter in one language: edit them, try them, go back to the default or to earlier ones."""

    permissions = ("mail.change_lettertext",)
    template_name = "desk/letter.html"

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        self.language: str = kwargs["language"]
        if kwargs["name"] not in KINDS or self.language not in LANGUAGES:
            raise Http404
        self.letter: Letter = KINDS[kwargs["name"]]
        return super().enter(request, **kwargs)

    def text(self) -> LetterText:
        """Return the words of staff, or an unsaved record with the default words."""
        kept: LetterText | None = LetterText.objects.of(self.letter).filter(language=self.language).first()
        if kept:
            return kept
        words = self.letter.default_words(self.language)
        return LetterText(letter=self.letter.name, language=self.language, subject=words.subject, body=words.body)

    def make_form(self, **kwargs: Any) -> LetterTextForm:
        """Return the form of the words."""
        return LetterTextForm(letter=self.letter, user=self.request.user, instance=self.text(), **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = LetterText.objects.of(self.letter)
        changed = set(kept.values_list("language", flat=True))
        versions = LetterText.history.filter(letter=self.letter.name, language=self.language)
        kwargs["form"] = kwargs.get("form") or self.make_form(initial=self.earlier_words())
        kwargs["language"] = self.language
        return super().get_context_data(
            **kwargs,
            letter=self.letter,
            code=self.language.split("-")[0],
            direction=direction(self.language.split("-")[0]),
            languages=[(code, name, code in changed) for code, name in settings.LANGUAGES],
            is_changed=self.language in changed,
            default=self.letter.default_words(self.language),
            versions=versions.select_related("history_user")[:MOST_VERSIONS],
        )

    def earlier_words(self) -> dict[str, str]:
        """Return the words of `?version=`, or nothing, in which case the form shows the present ones."""
        versions = LetterText.history.filter(letter=self.letter.name, language=self.language)
        version = versions.filter(pk=pk_in(self.request.GET.get("version", ""))).first()
        return {"subject": version.subject, "body": version.body} if version else {}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("do")
        if verb == "default":
            use_default(self.letter, self.language, by=request.user)
            messages.success(request, _("The default words are used. Yours are kept under “Earlier words”."))
            return redirect(request.path)
        form = self.make_form(data=request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if verb in ("preview", "test"):
            return self.show(form, is_sent=verb == "test")
        write_words(self.letter, self.language, form.words, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(request.path)

    def show(self, form: LetterTextForm, *, is_sent: bool) -> HttpResponse:
        """Show the words as entered, with examples, and send them to this user if `is_sent`. Nothing is saved."""
        preview: Words = form.words.filled(self.letter.example_values(self.language))
        address: str = getattr(self.request.user, "email", "")
        if is_sent:
            send_test(preview, address, language=self.language)
            sentence = _("A test goes to %(address)s. Nothing is saved yet.") % {"address": address}
            messages.success(self.request, sentence)
        return self.render_to_response(self.get_context_data(form=form, preview=preview))
