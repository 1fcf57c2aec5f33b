"""Publish, unpublish and delete records, after a page that says what this shows or hides; and undo it for a minute."""

from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from contributions.models import Contribution
from dialogues.models import Dialogue
from publishing import publication_effects
from publishing.models.gate import sees_all_drafts
from publishing.workflow import delete, publish, unpublish
from text.lists import joined

from ..access import DeskMixin
from ..kinds import desk_page, find, find_publishable, key_of, kind_of
from ..publication_warnings import reasons_to_wait, what_is_missing
from ..undo import forget, keys_of, offer, offered_to, undo
from ..workspace import WorkspaceMixin, part_page
from .press import fill_again

MOST_RECORDS = 200  # in one move
NAMES_SHOWN = 5


class MoveMixin(WorkspaceMixin, TemplateView):
    """A move of the records named by `?record=`, which happens when the page is confirmed."""

    verb: str
    action: str
    names_drafts = False  # whether the page names drafts, so that only those who see drafts may open it

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue | None:
        keys = list(dict.fromkeys(request.GET.getlist("record")))[:MOST_RECORDS]
        self.records = [self.find(key) for key in keys]
        if not self.records:
            raise Http404
        kinds: list[Any] = [kind_of(record) for record in self.records]
        may = all(request.user.has_perm(kind.permission(self.action)) for kind in kinds)
        if not may or (self.names_drafts and not sees_all_drafts(request.user)):
            raise PermissionDenied
        pairs = zip(kinds, self.records, strict=True)
        dialogues = {record if kind.name == "dialogue" else kind.dialogue_of(record) for kind, record in pairs}
        self.part = kinds[0].part if len(kinds) == 1 else "publication"
        return dialogues.pop() if len(dialogues) == 1 else None

    def find(self, key: str) -> Any:
        """Return the record with this key. Raises Http404 for one that this move does not apply to."""
        return find_publishable(key, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(verb=self.verb, records=self.records, back=self.way_back(), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            keys = self.move()
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(request.get_full_path())
        offer(request, self.verb, keys)
        return redirect(self.way_back())

    def move(self) -> list[str]:
        """Move the records, all or none, and return the keys with which this can be undone."""
        raise NotImplementedError

    def way_back(self) -> str:
        """Return the address of the page on which staff go on."""
        if len(self.records) > 1 and self.dialogue:
            return part_page("publication", self.dialogue)
        return desk_page(self.records[0])


class PublishView(MoveMixin):
    """Publish records, after showing what becomes public, what stays hidden, and reasons to wait.

    While something is missing, the page says what, and offers nothing that would be refused.
    """

    names_drafts = True
    template_name = "desk/publish.html"
    verb = action = "publish"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        drafts = [record for record in self.records if not record.is_published]
        missing = [(record, sentence) for record in drafts if (sentence := what_is_missing(record))]
        incomplete = {key_of(record) for record, _sentence in missing}
        others = [key for record in self.records if (key := key_of(record)) not in incomplete]
        return super().get_context_data(
            has_drafts=bool(drafts),
            missing=missing,
            others=urlencode([("record", key) for key in others]) if missing else "",
            shown=publication_effects.shown_by(self.records),
            kept_hidden=publication_effects.kept_hidden(self.records),
            closed_parents=self.closed_parents(),
            reasons=[reason for record in self.records for reason in reasons_to_wait(record)],
            **kwargs,
        )

    def closed_parents(self) -> list[tuple[Any, str]]:
        """Return the records above these that are not published, with their keys: they keep these hidden."""
        found = {
            key_of(parent): parent for record in self.records for parent in publication_effects.closed_parents(record)
        }
        return [(parent, key) for key, parent in found.items() if parent not in self.records]

    @transaction.atomic
    def move(self) -> list[str]:
        drafts = [record for record in self.records if not record.is_published]
        for record in drafts:
            publish(record, by=self.request.user)
        return keys_of(drafts)


class UnpublishView(MoveMixin):
    """Unpublish records, after showing what disappears with them."""

    template_name = "desk/unpublish.html"
    verb, action = "unpublish", "publish"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hidden=publication_effects.hidden_by(self.records), **kwargs)

    @transaction.atomic
    def move(self) -> list[str]:
        public = [record for record in self.records if record.is_published]
        for record in public:
            unpublish(record, by=self.request.user)
        return keys_of(public)


class DeleteView(MoveMixin):
    """Delete one record with all that belongs to it. Staff can restore it for thirty days."""

    names_drafts = True
    template_name = "desk/delete.html"
    verb = action = "delete"

    def find(self, key: str) -> Any:
        record = find(key, self.request.user)
        if isinstance(record, Contribution):  # its content is deleted after a withdrawal, and what is left stays
            raise Http404
        return record

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            kwargs["along"] = publication_effects.deleted_with(self.records[0])
        except ProtectedError as error:
            kwargs["refusal"] = self.refusal(error)
        return super().get_context_data(**kwargs)

    def refusal(self, error: ProtectedError) -> str:
        """Return the sentence that says which records refer to this one."""
        names = joined(sorted({str(other) for other in error.protected_objects})[:NAMES_SHOWN], ";")
        words = {"record": self.records[0], "names": names}
        return _("“%(record)s” cannot be deleted, because these refer to it: %(names)s.") % words

    def move(self) -> list[str]:
        record = self.records[0]
        try:
            deletion = delete(record, by=self.request.user)
        except ProtectedError as error:
            raise ValidationError(self.refusal(error)) from error
        return [str(deletion.pk)]

    def way_back(self) -> str:
        """Return the list that the record was in."""
        if self.dialogue and self.dialogue != self.records[0]:
            return part_page(self.part, self.dialogue)
        return desk_page(self.records[0]) if self.request.method == "GET" else reverse("desk:home")


class UndoView(DeskMixin, View):
    """Undo the last move of this user."""

    http_method_names = ["post"]

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        self.offered = offered_to(request)
        return super().enter(request, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        address = request.POST.get("next", "")
        if self.offered is None:
            messages.error(request, _("It is too late to undo this here. Use the record’s buttons instead."))
        else:
            try:
                records = undo(self.offered, by=request.user)
            except ValidationError as error:
                messages.error(request, error.messages[0])
            else:
                messages.success(request, _("Undone."))
                if records and self.offered.verb in ("delete", "merge"):
                    address = desk_page(records[0])
                if self.offered.form:
                    address = fill_again(request, self.offered.form)
            forget(request)
        if not url_has_allowed_host_and_scheme(address, None):
            address = reverse("desk:home")
        return HttpResponseRedirect(address)
