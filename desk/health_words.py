"""The state of the portal in the words of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from background.models import QueuedTask
from contributions.models import Attachment

from .health import MEGABYTE, Part
from .kinds import desk_page

Text = str | Promise

PARTS: dict[str, Text] = {
    "database": _("Database"),
    "index": _("Search index"),
    "mail": _("Letters"),
    "cache": _("Cache"),
    "files": _("Files"),
    "disk": _("Disk"),
    "files lane": _("Cleaning and reading of files"),
    "index lane": _("Work on the search index"),
    "mail lane": _("Sending of letters"),
    "default lane": _("Imports and other work"),
    "mirror": _("Copy of the site"),
    "mirror lane": _("Work on the copy of the site"),
}
WORDS: dict[str, Text] = {
    "ok": pgettext_lazy("state of a part", "In order"),
    "late": pgettext_lazy("state of a part", "Late"),
    "down": pgettext_lazy("state of a part", "Not reached"),
    "unreadable": pgettext_lazy("state of a part", "Cannot be read"),
    "silent": pgettext_lazy("state of a part", "No process running"),
    "full": pgettext_lazy("state of a part", "Nearly full"),
    "unknown": pgettext_lazy("state of a part", "Unknown"),
}
NUMBERS: dict[str, Text] = {
    "waiting": pgettext_lazy("number of tasks", "Waiting"),
    "running": pgettext_lazy("number of tasks", "Being done"),
    "set_aside": pgettext_lazy("number of tasks", "Failed"),
    "failed": pgettext_lazy("number of tasks", "Failed"),
    "kept_out": _("Kept out by hand"),
    "processes": _("Processes"),
}
ALWAYS_SHOWN = {"waiting", "processes"}
TASKS: dict[str, Text] = {
    "documents.tasks.read_document": _("A file was not cleaned and read"),
    "documents.tasks.render_picture": _("A picture could not be prepared"),
    "dialogues.tasks.read_summary": _("The text of a summary was not read"),
    "intake.tasks.import_batch": _("An import stopped"),
    "mail.tasks.deliver_due": _("Letters were not sent"),
    "search.tasks.update_index": _("The search index was not brought up to date"),
    "search.tasks.rebuild_index": _("The search index was not rebuilt"),
    "search.tasks.repair_index": _("The search index was not repaired"),
    "search.tasks.renew_similar_records": _("Lists of similar records were not renewed"),
    "mirror.tasks.renew_mirror": _("The copy of the site was not renewed"),
    "contributions.workflow.review.publish_when_due": _("Contributions were not published at their time"),
}


def name_of_part(part: Part) -> Text:
    """Return the name of a part."""
    return PARTS.get(part.name, part.name)


def word_for(part: Part) -> Text:
    """Return the state of a part in words."""
    return WORDS.get(part.word, part.word)


def facts_of(part: Part) -> Iterator[tuple[Text, Text]]:
    """Yield the numbers of a part as pairs of a label and a value, without those that are 0 and say nothing."""
    for name, number in part.numbers.items():
        if name == "free_megabytes":
            yield _("Free"), filesizeformat(number * MEGABYTE)
        elif name == "age":
            if number:
                now = timezone.now()
                yield _("Oldest waiting for"), timesince(now - timedelta(seconds=number), now)
        elif number or name in ALWAYS_SHOWN:
            yield NUMBERS[name], str(number)


def task_title(task: QueuedTask) -> Text:
    """Return what a task that was set aside did not do."""
    return TASKS.get(task.task_path, task.task_path)


def records_of(task: QueuedTask, user: Any) -> list[tuple[str, str]]:
    """Return the label and the address of each record that a task is about and `user` may see."""
    if task.task_path != "documents.tasks.read_document":
        return []
    files = Attachment.objects.visible_to(user).filter(document=task.args_kwargs["args"][0])
    contributions = {one.revision.contribution for one in files.select_related("revision__contribution__newest")}
    return [(one.reference, desk_page(one)) for one in contributions if one.reference]
