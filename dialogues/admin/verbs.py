"""Verbs of a workflow as buttons and actions of the admin, so that staff move records without editing their state."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.contenttypes.admin import GenericTabularInline
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialogues import workflow
from dialogues.models import Transition

from .sharing import SharingMixin
from .undo import UndoMixin
from .visible import VisibleChoicesMixin


def no_arguments(post):
    return {}


@dataclass(frozen=True)
class Verb:
    """A button: its name, its words, what it calls with `(record, by=user)`, and whether it takes a message.

    `arguments` reads what else it takes from what was posted, and raises ValidationError where that is wrong.
    """

    name: str
    label: str | Promise
    run: Callable
    takes_note: bool = False
    arguments: Callable = no_arguments

    def given(self, post):
        """What it is called with beside the record and the user."""
        note = {"note": post.get("note", "")} if self.takes_note else {}
        return {**note, **self.arguments(post)}


class TransitionInline(GenericTabularInline):
    """What happened to a record so far: who moved it, and when. A sender has no name in it."""

    model = Transition
    fields = readonly_fields = ["at", "said", "who", "note"]
    extra = max_num = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")

    @admin.display(description=gettext_lazy("what"))
    def said(self, transition):
        return transition.said

    @admin.display(description=gettext_lazy("who"))
    def who(self, transition):
        return transition.who


class WorkflowAdmin(VisibleChoicesMixin, admin.ModelAdmin):
    """An admin page whose buttons save what was typed and then run a verb. Subclasses say which, in `verbs`."""

    change_form_template = "admin/workflow_change_form.html"
    view_on_site = False  # the page has a preview of its own
    inlines_at_end = [TransitionInline]

    class Media:
        css = {"all": ["desk.css"]}

    def verbs(self, request, record):
        """The verbs that this user may apply to this record now."""
        return []

    def get_inlines(self, request, obj):
        return [*super().get_inlines(request, obj), *(self.inlines_at_end if obj else [])]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        verbs = self.verbs(request, obj) if obj else []
        context.update(verbs=verbs, takes_note=any(verb.takes_note for verb in verbs))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request, obj):
        verb = next((verb for verb in self.verbs(request, obj) if verb.name == request.POST.get("_verb")), None)
        if verb is None:
            return super().response_change(request, obj)
        try:
            verb.run(obj, by=request.user, **verb.given(request.POST))
        except ValidationError as error:
            self.message_user(request, error.messages[0], messages.ERROR)
        else:
            self.message_user(request, _("“%(record)s”: %(verb)s, done.") % {"record": obj, "verb": verb.label})
        return HttpResponseRedirect(request.path)

    def run_on_each(self, request, queryset, run):
        """Apply a verb to each chosen record; one that refuses does not stop the others."""
        done = 0
        for record in queryset:
            try:
                run(record, by=request.user)
                done += 1
            except ValidationError as error:
                self.message_user(request, f"{record}: {error.messages[0]}", messages.ERROR)
        self.message_user(request, ngettext("%d record done.", "%d records done.", done) % done)


class PublishableAdmin(SharingMixin, UndoMixin, WorkflowAdmin):
    """For records with a gate: publish and unpublish as buttons, as actions on lists, and as a filter."""

    actions = ["publish_selected", "unpublish_selected"]
    readonly_fields = ["published_at"]

    def get_queryset(self, request):
        """Drafts are for those who may see them, here as everywhere."""
        return super().get_queryset(request).visible_to(request.user)

    def has_delete_permission(self, request, obj=None):
        """What is published is unpublished first. Django asks this of what goes along, too."""
        is_published = obj is not None and obj.is_published
        return not is_published and super().has_delete_permission(request, obj)

    def has_publish_permission(self, request):
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def verbs(self, request, record):
        if not self.has_publish_permission(request):
            return []
        if record.is_published:
            return [Verb("unpublish", gettext_lazy("Unpublish"), workflow.unpublish)]
        return [Verb("publish", gettext_lazy("Publish"), workflow.publish)]

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        self.run_on_each(request, queryset, workflow.publish)

    @admin.action(description=gettext_lazy("Unpublish"), permissions=["publish"])
    def unpublish_selected(self, request, queryset):
        self.run_on_each(request, queryset, workflow.unpublish)


class PublishedFilter(admin.EmptyFieldListFilter):
    """Published, or not yet."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        super().__init__(field, request, params, model, model_admin, field_path)
        self.title = gettext_lazy("publication")

    def choices(self, changelist):
        words = [_("All"), _("Not published"), _("Published")]
        for word, choice in zip(words, super().choices(changelist), strict=True):
            yield {**choice, "display": word}
