from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """Backup and restore of the database, the files and the key, and the list of moves since the last backup."""

    name = "backups"
