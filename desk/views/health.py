"""The state of the portal, and the tasks that were set aside."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from background import workflow
from background.models import QueuedTask
from publishing.forms import NamesMissingFields

from ..access import DeskMixin
from ..health import PERMISSION, examine
from ..health_words import facts_of, name_of_part, records_of, task_title, word_for

MOST_TASKS = 50  # on the page


class DecisionForm(NamesMissingFields, forms.Form):
    """What is decided about a task: one of the buttons."""

    again = forms.UUIDField(required=False)
    leave = forms.UUIDField(required=False)


class HealthView(DeskMixin, TemplateView):
    """Each part of the portal with its numbers. A task that was set aside can be tried again or deleted."""

    permissions = (PERMISSION,)
    template_name = "desk/health.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks: Any = QueuedTask.objects.set_aside()
        return super().get_context_data(
            parts=[(name_of_part(part), word_for(part), part.is_well, list(facts_of(part))) for part in examine()],
            tasks=[(task, task_title(task), records_of(task, self.request.user)) for task in tasks[:MOST_TASKS]],
            remaining=max(0, tasks.count() - MOST_TASKS),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Try one task again, or delete it."""
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest()
        if form.cleaned_data["again"] and workflow.try_again(form.cleaned_data["again"]):
            messages.success(request, _("It is being tried again."))
        elif form.cleaned_data["leave"] and workflow.delete_set_aside(form.cleaned_data["leave"]):
            messages.success(request, _("It is left as it is."))
        else:
            messages.error(request, _("Someone else has decided about it in the meantime."))
        return redirect("desk:health")
