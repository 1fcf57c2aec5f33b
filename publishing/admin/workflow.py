"""Workflow functions in the admin: buttons and list actions that run them, and the log of moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.contenttypes.admin import GenericTabularInline
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import workflow
from ..models import Transition
from ..models.gate import GatedQuerySet, sees_all_drafts
from .deletion import UndoMixin
from .visible import VisibleChoicesMixin


def no_arguments(post: Mapping[str, str]) -> dict[str, Any]:
    """Return no further arguments, as for most buttons."""
    return {}


@dataclass(frozen=True)
class WorkflowButton:
    """A button: its name, its label, and the function that it calls with `(record, by=user)`.

    `arguments` reads further arguments from the posted data, and raises ValidationError for invalid ones.
    """

    name: str
    label: str | Promise
    run: Callable
    arguments: Callable = no_arguments


class ReadOnlyMixin(admin.options.BaseModelAdmin):
    """Makes a model read-only in the admin."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class TransitionColumnsMixin:
    """What was done, and who did it, as columns of an admin of the log."""

    @admin.display(description=gettext_lazy("what"), ordering="verb")
    def what(self, transition: Transition) -> str:
        """Return the label of what was done."""
        return transition.get_verb_display()

    @admin.display(description=gettext_lazy("who"))
    def who(self, transition: Transition) -> Any:
        """Return the name of the staff member who did it, or the role in which someone else acted."""
        return transition.who


class TransitionInline(TransitionColumnsMixin, ReadOnlyMixin, GenericTabularInline):
    """The log of one record. It never names a sender."""

    model = Transition
    fields = ("at", "what", "who", "note")
    readonly_fields = fields
    extra = max_num = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("actor")


class WorkflowAdmin(VisibleChoicesMixin, admin.ModelAdmin):
    """An admin page whose buttons save the form and then run a workflow function. Subclasses define `buttons`."""

    change_form_template = "admin/workflow_change_form.html"
    view_on_site = False  # the page has a preview of its own
    inlines_at_end = [TransitionInline]

    class Media:
        css = {"all": ["admin.css"]}

    def buttons(self, request: HttpRequest, record: Model) -> list[WorkflowButton]:
        """Return the buttons that this user may press for this record now."""
        return []

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> list[Any]:
        """Add the log below the other inlines, except on the page that adds a record."""
        return [*super().get_inlines(request, obj), *(self.inlines_at_end if obj else [])]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Model | None = None, **kwargs: Any
    ) -> HttpResponse:
        """Give the template the buttons."""
        buttons = self.buttons(request, obj) if obj else []
        context.update(buttons=buttons)
        return super().render_change_form(request, context, *args, **{**kwargs, "obj": obj})

    def save_related(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Number the records that became public because the form moved them, or their parents, to a public dialogue."""
        super().save_related(request, *args, **kwargs)
        workflow.number_public_records()

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        """Run the workflow function of the button that was pressed, if one was."""
        name = request.POST.get("_verb")
        button = next((button for button in self.buttons(request, obj) if button.name == name), None)
        if button is None:
            return super().response_change(request, obj)
        try:
            button.run(obj, by=request.user, **button.arguments(request.POST))
        except ValidationError as error:
            self.message_user(request, error.messages[0], messages.ERROR)
        else:
            self.message_user(request, _("“%(record)s”: %(verb)s, done.") % {"record": obj, "verb": button.label})
        return HttpResponseRedirect(request.path)

    def run_on_each(self, request: HttpRequest, queryset: QuerySet, run: Callable[..., Any]) -> None:
        """Run a workflow function on each selected record; an error on one does not stop the others."""
        done = 0
        for record in queryset:
            try:
                run(record, by=request.user)
                done += 1
            except ValidationError as error:
                self.message_user(request, f"{record}: {error.messages[0]}", messages.ERROR)
        self.message_user(request, ngettext("%d record done.", "%d records done.", done) % done)


class PublishableAdmin(UndoMixin, WorkflowAdmin):
    """An admin page for records with a gate: publish and unpublish as buttons and list actions, previews, undo."""

    actions = ["publish_selected", "unpublish_selected"]
    readonly_fields = ["published_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the records that the user may see, as on every page."""
        return cast("GatedQuerySet", super().get_queryset(request)).visible_to(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse to delete published records. Django also asks this about records deleted along with another."""
        is_published = obj is not None and obj.is_published
        return not is_published and super().has_delete_permission(request, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may publish; Django asks this for actions with the permission "publish"."""
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def buttons(self, request: HttpRequest, record: Any) -> list[WorkflowButton]:
        """Return the button that publishes a draft or unpublishes a published record."""
        if not self.has_publish_permission(request):
            return []
        if record.is_published:
            return [WorkflowButton("unpublish", gettext_lazy("Unpublish"), workflow.unpublish)]
        return [WorkflowButton("publish", gettext_lazy("Publish"), workflow.publish)]

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Publish each selected record."""
        self.run_on_each(request, queryset, workflow.publish)

    @admin.action(description=gettext_lazy("Unpublish"), permissions=["publish"])
    def unpublish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Unpublish each selected record."""
        self.run_on_each(request, queryset, workflow.unpublish)


class PublishedFilter(admin.EmptyFieldListFilter):
    """Filters a list by whether records are published."""

    def __init__(
        self, field: Any, request: HttpRequest, params: Any, model: Any, model_admin: Any, field_path: str
    ) -> None:
        super().__init__(field, request, params, model, model_admin, field_path)
        self.title = gettext_lazy("publication")

    def choices(self, changelist: Any) -> Any:
        """Yield the choices under the names "Not published" and "Published" instead of "Empty" and "Not empty"."""
        words = [_("All"), _("Not published"), _("Published")]
        for word, choice in zip(words, super().choices(changelist), strict=True):
            yield {**choice, "display": word}


@admin.register(Transition)
class TransitionAdmin(TransitionColumnsMixin, ReadOnlyMixin, admin.ModelAdmin):
    """The log of publications and reviews."""

    list_display = ["number", "at", "what", "subject", "who", "note"]
    list_filter = ["verb", "part", ("content_type", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["content_type", "actor"]
    fields = (
        "number", "at", "what", "subject", "part", "actor", "note", "facts", "previous", "digest"
    )  # fmt: skip
    readonly_fields = fields
    date_hierarchy = "at"

    def has_view_permission(self, request: HttpRequest, obj: Transition | None = None) -> bool:
        """Hide the log from users who may not see drafts, because it names drafts. They have the log of each record."""
        return super().has_view_permission(request, obj) and sees_all_drafts(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("record")

    @admin.display(description=gettext_lazy("record"))
    def subject(self, transition: Transition) -> Any:
        """Return the record, or its kind and number once it is deleted."""
        return transition.record or f"{transition.content_type.name} {transition.object_id}"
