"""Whether the release that runs can bear a migration, by the SQL that it is for the database of this process."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

# What a release may do, as docs/deploy.md says.
BORNE = {
    "empty column": operations.AddField("topic", "remark", models.TextField(null=True)),
    "column with a default in the database": operations.AddField("topic", "weight", models.IntegerField(db_default=0)),
    "index": operations.AddIndex("topic", models.Index(fields=["slug", "name"], name="topic_slug_name")),
    "table": operations.CreateModel("Remark", [("id", models.BigAutoField(primary_key=True))]),
}
REFUSED = {
    "column that the release does not fill": operations.AddField("topic", "weight", models.IntegerField(default=0)),
    "removed column": operations.RemoveField("topic", "description"),
    "renamed column": operations.RenameField("topic", "description", "text"),
    "renamed table": operations.RenameModel("Topic", "Subject"),
    "removed table": operations.DeleteModel("FollowUp"),
    "other type": operations.AlterField("topic", "name", models.CharField(max_length=20)),
    "unique values": operations.AddConstraint("quote", models.UniqueConstraint(fields=["text"], name="one_quote")),
}


def faults(migration, state):
    """Return what in a migration the running release could not bear."""
    with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
        migration.apply(state.clone(), editor, collect_sql=True)
    statements = [line for line in editor.collected_sql if not line.startswith("--")]
    errors, _ignored, _warnings = analyse_sql_statements(get_sql_analyser_class(connection.vendor), statements)
    return [error.code for error in errors]


def faults_of_examples():
    """Return the faults of each operation above, by its name."""
    state = MigrationLoader(connection).project_state()
    found = {}
    for name, operation in (BORNE | REFUSED).items():
        migration = Migration("next", "dialogues")
        migration.operations = [operation]
        found[name] = faults(migration, state)
    return found


def faults_of_releases():
    """Return the faults of our own migrations since the first of each app, by app and name."""
    loader = MigrationLoader(connection)
    ours = {app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR}
    later = {key: one for key, one in loader.disk_migrations.items() if key[0] in ours and not one.initial}
    return {"/".join(key): faults(one, loader.project_state(key, at_end=False)) for key, one in later.items()}
