from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mail import workflow
from mail.models import Letter

FIELDS = ["state", "queued_at", "due_at", "attempts", "claimed_at", "sent_at", "error"]


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    """Whether mail goes out. What a letter says is shown to nobody: it may be somebody's way in."""

    list_filter = ["state", "queued_at"]
    search_fields = ["message_id"]
    search_help_text = _("Search by message ID.")
    actions = ["send_again", "leave"]

    def get_list_display(self, request):
        return ["message_id", "state", "queued_at", "due_at", "attempts", "error", *self.names(request)]

    def get_fields(self, request, obj=None):
        return ["message_id", *FIELDS, *self.names(request)]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj)

    def names(self, request):
        """Who gets mail is for those to see who may see who is who."""
        return ["recipients"] if request.user.has_perm("accounts.view_user") else []

    @admin.display(description=_("recipients"))
    def recipients(self, letter):
        return ", ".join(letter.recipients)

    def lookup_allowed(self, lookup, value, request):
        """A list narrowed from its address by what letters say would tell what they say, a letter at a time."""
        return lookup.split("__")[0] in self.list_filter

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """Rows that are done with go by themselves; to delete another would be to lose it without a trace."""
        return False

    @admin.action(description=_("Send the chosen letters again"), permissions=["change"])
    def send_again(self, request, queryset):
        count = workflow.send_again(queryset)
        told = ngettext("%(count)d letter goes again.", "%(count)d letters go again.", count)
        self.message_user(request, told % {"count": count})

    @admin.action(description=_("Leave the chosen letters unsent"), permissions=["change"])
    def leave(self, request, queryset):
        count = workflow.leave(queryset)
        told = ngettext("%(count)d letter stays unsent.", "%(count)d letters stay unsent.", count)
        self.message_user(request, told % {"count": count})
