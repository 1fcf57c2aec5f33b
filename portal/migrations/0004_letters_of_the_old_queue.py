import uuid

from django.db import migrations
from django.utils import timezone

OLD_TASK = "portal.tasks.deliver"
STATES = {"READY": "waiting", "RUNNING": "unclear", "FAILED": "failed"}


def carry_over(apps, schema_editor):
    """What waits will go, what failed or was cut short is for staff to decide; what went is forgotten."""
    tasks = apps.get_model("django_tasks_database", "DBTaskResult").objects.filter(task_path=OLD_TASK)
    for task in tasks.filter(status__in=STATES).order_by("enqueued_at"):
        said = task.args_kwargs["kwargs"]
        apps.get_model("mail", "Letter").objects.create(
            message_id=f"<{uuid.uuid4()}@portal>",
            state=STATES[task.status],
            claimed_at=task.started_at or timezone.now(),
            error="" if task.status == "READY" else "left by the queue of an earlier version",
            content={
                **{name: said[name] for name in ("subject", "body", "sender")},
                "to": said["recipients"], "cc": [], "bcc": [],
                "headers": said.get("headers") or {},
            },
        )  # fmt: skip
    tasks.all().delete()


class Migration(migrations.Migration):
    """Letters were tasks once, and their words stayed in the rows of those. They become letters."""

    dependencies = [
        ("portal", "0003_secretariat_sees_letters"),
        ("mail", "0001_initial"),
        ("django_tasks_database", "0018_rename_succeeded_status"),
    ]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
