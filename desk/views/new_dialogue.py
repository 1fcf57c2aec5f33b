"""A new dialogue by four questions, or as the next edition of an earlier one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from formtools.wizard.views import SessionWizardView

from dialogues.models import Dialogue
from dialogues.workflow import begin_next_edition
from intake.existing_records import free_slug

from ..access import DeskMixin
from ..forms.new_dialogue import STEPS
from ..workspace import PartMixin, part_page


class NewDialogueView(DeskMixin, SessionWizardView):
    """Asks what it is, when, where, and which documents will follow. Answers are kept until all four are there."""

    permissions = ("dialogues.add_dialogue",)
    template_name = "desk/new_dialogue.html"
    form_list = [*STEPS]

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        answers: dict[str, Any] = {}
        for form in form_list:
            answers |= form.cleaned_data
        expected, title = answers.pop("expected"), answers["title"]
        dialogue = Dialogue(**answers, slug=free_slug(Dialogue, title))
        dialogue.full_clean()
        dialogue.save()
        for choice in expected:
            kind, _dash, language = choice.partition(":")
            dialogue.expected.create(kind=kind, language=language)
        messages.success(self.request, _("The dialogue is a draft. Add what you know; publish when it may be seen."))
        return redirect(part_page("overview", dialogue))


new_dialogue = NewDialogueView.as_view()


class NextEditionView(PartMixin, View):
    """Begin the next edition as a copy of this dialogue."""

    part = "overview"
    permissions = ("dialogues.add_dialogue",)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        made = begin_next_edition(self.dialogue, by=request.user, slug=free_slug(Dialogue, self.dialogue.title))
        messages.success(request, _("The next edition is a draft with the place, panels and documents of this one."))
        return redirect(part_page("details", made))
