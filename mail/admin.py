from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import OutgoingEmail, may_see_recipients

FIELDS = ["state", "queued_at", "due_at", "attempts", "claimed_at", "sent_at", "error"]


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(admin.ModelAdmin):
    """Shows the progress of each email, never its content, which may hold a sign-in code.

    Staff decide on the desk about email that could not be sent.
    """

    list_filter = ["state", "queued_at"]
    search_fields = ["message_id"]
    search_help_text = _("Search by message ID.")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["queued_at", "state", *self._recipient_fields(request), "error", "due_at", "attempts", "message_id"]

    def get_fields(self, request: HttpRequest, obj: OutgoingEmail | None = None) -> list[Any]:
        return ["message_id", *FIELDS, *self._recipient_fields(request)]

    def _recipient_fields(self, request: HttpRequest) -> list[str]:
        """Show the recipients only to users who may see accounts."""
        return ["recipients"] if may_see_recipients(request.user) else []

    @admin.display(description=_("recipients"))
    def recipients(self, email: OutgoingEmail) -> str:
        return ", ".join(email.recipients)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow only the filters of the list. Lookups in the content would reveal it bit by bit."""
        return lookup.split("__", maxsplit=1)[0] in self.list_filter

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: OutgoingEmail | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OutgoingEmail | None = None) -> bool:
        """Refuse: finished rows are deleted in time, and deleting another would lose an email without a trace."""
        return False
