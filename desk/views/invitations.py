"""The invitations to a call: who was invited, when, whether they used it; and the form that invites more."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from contributions import workflow
from contributions.models import Call, Invitation
from dialogues.models import Dialogue

from ..dialogue_records import DialogueRecords
from ..forms import InvitationsForm, MoreTimeForm
from ..kinds import pk_in
from ..workspace import PartMixin


class InvitationsView(PartMixin, TemplateView):
    """The invitations to one call. Only users who may view invitations see the addresses."""

    part = "contributions"
    permissions = ("contributions.view_invitation",)
    template_name = "desk/invitations.html"
    call: Call

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue:
        dialogue = super().find_dialogue(request, **kwargs)
        calls = DialogueRecords(dialogue, request.user).calls.select_related("dialogue")
        self.call = get_object_or_404(calls, pk=kwargs["call"])
        return dialogue

    @property
    def invitations(self) -> Any:
        """The invitations to the call, those made last first."""
        rows = Invitation.objects.visible_to(self.request.user).filter(call=self.call)
        return rows.select_related("call__dialogue", "made_by", "contribution")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self.invitations)
        form = kwargs.pop("form", None) or InvitationsForm(call=self.call, initial={"language": get_language()})
        return super().get_context_data(
            **kwargs
            | {
                "call": self.call,
                "base_url": settings.BASE_URL,
                "form": form,
                "invitations": rows,
                "used": sum(row.contribution_id is not None for row in rows),
                "more_time": kwargs.get("more_time") or MoreTimeForm(prefix="more"),
                "withdrawn": sum(row.withdrawn_at is not None for row in rows),
            }
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        match request.POST.get("do"):
            case "again":
                return self.send_again()
            case "withdraw":
                return self.withdraw()
            case "extend":
                return self.extend()
        form = InvitationsForm(request.POST, call=self.call)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if request.POST.get("do") == "send" and form.was_seen:
            try:
                return self.invite(form)
            except ValidationError as error:
                form.add_error(None, error)
                return self.render_to_response(self.get_context_data(form=form), status=422)
        return self.check(form)

    def check(self, form: InvitationsForm) -> HttpResponse:
        """Show who would be invited and the letter, before anything is sent."""
        words = workflow.invitation_words(form.example())
        return self.render_to_response(self.get_context_data(form=form, words=words, language=form.terms["language"]))

    def invite(self, form: InvitationsForm) -> HttpResponse:
        """Invite those whom staff saw."""
        made = workflow.invite_all(self.call, form.new, by=self.request.user, **form.terms)
        sentence = ngettext("%(count)d invitation made.", "%(count)d invitations made.", len(made))
        messages.success(self.request, sentence % {"count": len(made)})
        return redirect(self.request.path)

    def ticked(self) -> list[Invitation]:
        """Return the invitations that were ticked."""
        pks = [pk_in(text) for text in self.request.POST.getlist("invitation")]
        return list(self.invitations.filter(pk__in=pks))

    def send_again(self) -> HttpResponse:
        """Send the letters of the ticked invitations again, as far as they can be used."""
        ticked = self.ticked()
        sent = workflow.send_again(ticked, by=self.request.user)
        if sent:
            sentence = ngettext(
                "%(count)d letter is on its way again.", "%(count)d letters are on their way again.", sent
            )
            messages.success(self.request, sentence % {"count": sent})
        self._say_left_out(
            len(ticked) - sent,
            ngettext(
                "%(count)d was left out: it was used, has expired, has no address, or was sent just now.",
                "%(count)d were left out: they were used, have expired, have no address, or were sent just now.",
                len(ticked) - sent,
            ),
        )
        return redirect(self.request.path)

    def withdraw(self) -> HttpResponse:
        """Withdraw the ticked invitations that nobody has used."""
        ticked = self.ticked()
        withdrawn = workflow.withdraw_invitations(ticked, by=self.request.user)
        if withdrawn:
            sentence = ngettext("%(count)d invitation withdrawn.", "%(count)d invitations withdrawn.", withdrawn)
            messages.success(self.request, sentence % {"count": withdrawn})
        self._say_left_out(
            len(ticked) - withdrawn,
            ngettext(
                "%(count)d was left out: it was used or withdrawn before.",
                "%(count)d were left out: they were used or withdrawn before.",
                len(ticked) - withdrawn,
            ),
        )
        return redirect(self.request.path)

    def extend(self) -> HttpResponse:
        """Extend the ticked invitations. If that is refused, what was typed and ticked stays."""
        form, ticked = MoreTimeForm(self.request.POST, prefix="more"), self.ticked()
        if not form.is_valid():
            return self._refuse_time(form, ticked)
        until = form.cleaned_data["until"]
        try:
            extended = workflow.extend_invitations(ticked, by=self.request.user, until=until)
        except ValidationError as error:
            form.add_error(None, error)
            return self._refuse_time(form, ticked)
        if extended:
            sentence = ngettext(
                "%(count)d invitation lasts until %(moment)s. Nobody has been told yet.",
                "%(count)d invitations last until %(moment)s. Nobody has been told yet.",
                extended,
            )
            moment = date_format(localtime(until), "SHORT_DATETIME_FORMAT")
            messages.success(self.request, sentence % {"count": extended, "moment": moment})
        self._say_left_out(
            len(ticked) - extended,
            ngettext(
                "%(count)d was left out: it was withdrawn, its contribution was sent, or it lasts until then already.",
                "%(count)d were left out: they were withdrawn, their contributions were sent, or they last until then"
                " already.",
                len(ticked) - extended,
            ),
        )
        return redirect(self.request.path)

    def _refuse_time(self, form: MoreTimeForm, ticked: list[Invitation]) -> HttpResponse:
        context = self.get_context_data(more_time=form, ticked={invitation.pk for invitation in ticked})
        return self.render_to_response(context, status=422)

    def _say_left_out(self, count: int, sentence: str) -> None:
        """Say how many of the ticked were left out, or that none was ticked."""
        if not self.request.POST.getlist("invitation"):
            messages.error(self.request, _("Tick at least one."))
        elif count:
            messages.warning(self.request, sentence % {"count": count})
