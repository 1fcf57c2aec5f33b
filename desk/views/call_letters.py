"""Letters to the filers of the calls of a dialogue: those that were sent, drafts, and the page that sends one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from contributions import workflow
from contributions.letters import fields_for
from contributions.models import Call, CallLetter
from dialogues.models import Dialogue
from mail.sending import send_test
from text.localized import content_language, interface_language

from ..dialogue_records import DialogueRecords
from ..forms import CallLetterForm
from ..kinds import pk_in
from ..workspace import PartMixin, part_page
from .parts import PartView


class CallLettersPartView(PartView):
    """The letters that were sent, to how many and when, the drafts, and the calls to which one can be begun."""

    part = "letters"

    def get_template_names(self) -> list[str]:
        return ["desk/call_letters.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letters = self.records.letters.select_related("call", "written_by")
        return super().get_context_data(
            sent=letters.sent(), drafts=letters.drafts(), calls=self.records.calls, **kwargs
        )


class CallLetterMixin(PartMixin):
    """A page about one letter. Once it is sent, its words are shown and can't be changed."""

    part = "letters"
    request: HttpRequest
    letter: CallLetter

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue:
        dialogue = super().find_dialogue(request, **kwargs)
        self.letter = self.find_letter(DialogueRecords(dialogue, request.user), **kwargs)
        return dialogue

    def find_letter(self, records: DialogueRecords, **kwargs: Any) -> CallLetter:
        """Return the letter that the address names. Raises Http404."""
        letters = records.letters.select_related("call__dialogue")
        letter: CallLetter = get_object_or_404(letters, pk=kwargs["letter"])
        return letter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        call = self.letter.call
        about = {"letter": self.letter, "call": call, "fields": fields_for(call), "previews": previews_of(self.letter)}
        return super().get_context_data(**{**kwargs, **about})

    def page(self) -> str:
        """Return the address of the letter."""
        return reverse("desk:call-letter", args=[self.dialogue.pk, self.letter.pk])


class CallLetterView(CallLetterMixin, FormView):
    """Write a letter, try it, discard it; read one that was sent."""

    permissions = ("contributions.view_callletter",)
    template_name = "desk/call_letter.html"
    form_class = CallLetterForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user, "instance": self.letter}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("contributions.change_callletter"):
            raise PermissionDenied
        if request.POST.get("do") == "discard":
            return self.discard()
        return super().post(request, *args, **kwargs)

    def discard(self) -> HttpResponse:
        """Discard the letter, and go back to the list."""
        try:
            workflow.discard_letter(self.letter, by=self.request.user)
        except ValidationError as error:
            messages.error(self.request, error.messages[0])
        else:
            messages.success(self.request, _("Discarded."))
        return redirect(part_page("letters", self.dialogue))

    def form_valid(self, form: CallLetterForm) -> HttpResponse:
        """Save the letter, then do what the button says: stay, send a test, or go on to the page that sends it."""
        user: Any = self.request.user
        try:
            workflow.write_letter(form.instance, by=user)
        except ValidationError as error:
            messages.error(self.request, error.messages[0])
            return redirect(self.page())
        self.letter = form.instance
        verb = self.request.POST.get("do")
        if verb == "send":
            return redirect("desk:send-call-letter", self.dialogue.pk, self.letter.pk)
        if verb == "test":
            for _name, code, words in previews_of(self.letter):
                send_test(words, user.email, language=interface_language(code))
            messages.success(self.request, _("Saved. A test goes to %(address)s.") % {"address": user.email})
        else:
            messages.success(self.request, _("Saved."))
        return redirect(self.page())


class CallLetterAddView(CallLetterView):
    """Begin a letter to the filers of a call."""

    permissions = ("contributions.add_callletter",)

    def find_letter(self, records: DialogueRecords, **kwargs: Any) -> CallLetter:
        call: Call = get_object_or_404(records.calls.select_related("dialogue"), pk=kwargs["call"])
        return CallLetter(call=call, original_language=content_language())


class CallLetterSendView(CallLetterMixin, TemplateView):
    """Says how many people get a letter and in which languages, and sends it when that is confirmed."""

    permissions = ("contributions.add_callletter",)
    template_name = "desk/call_letter_send.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.letter.sent_at:
            raise Http404
        counts = workflow.language_counts(self.letter)
        names = dict(settings.LANGUAGES)
        written = self.letter.written_languages
        rows = [(names[code], code, count, code.split("-")[0] in written) for code, count in counts.items()]
        return super().get_context_data(
            rows=rows,
            total=sum(counts.values()),
            faults=list(workflow.letter_faults(self.letter)),
            original=dict(settings.CONTENT_LANGUAGES)[self.letter.original_language],
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        expected = pk_in(request.POST.get("total", ""))
        try:
            count = workflow.send_to_filers(self.letter, by=request.user, expected=expected)
        except workflow.WrongStateError as error:
            messages.error(request, error.messages[0])
            return redirect(self.page())
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(request.path)
        sentence = ngettext(
            "The letter is on its way to %(count)d person.", "The letter is on its way to %(count)d people.", count
        )
        messages.success(request, sentence % {"count": count})
        return redirect(part_page("letters", self.dialogue))


def previews_of(letter: CallLetter) -> list[tuple[str, str, Any]]:
    """Return name and code of each language that a letter is written in, with the words as readers get them.

    A letter that is new or can't be sent has none. For one that was sent, the words are those that staff wrote, with
    fields in braces: their values may have changed since.
    """
    names = dict(settings.CONTENT_LANGUAGES)
    if letter.sent_at:
        return [(names[code], code, letter.words_in(code)) for code in letter.written_languages]
    if not letter.pk or any(workflow.letter_faults(letter)):
        return []
    return [
        (names[code], code, workflow.filled_words(letter, interface_language(code)))
        for code in letter.written_languages
    ]
