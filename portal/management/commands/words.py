import re
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale

NOT_READ = ["var", "tests", "bench", ".*"]
# What says when and by which tools a catalogue was made: each run would change it.
OF_THE_DAY = re.compile(r'^"(POT-Creation-Date|Report-Msgid-Bugs-To): .*\n', re.MULTILINE)


class Command(BaseCommand):
    """Brings the catalogues in locale/ up to date with the words of code and templates, and compiles them.

    Needs GNU gettext. The compiled ones are kept in Git, so that a machine that only runs the portal needs none.
    """

    help = "Collect the words of the interface for translation into locale/, and compile what is translated."

    def handle(self, **options):
        codes = [to_locale(code) for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        call_command(
            "makemessages", locale=codes, ignore_patterns=NOT_READ, add_location="file", no_wrap=True, verbosity=0
        )
        for code in codes:
            catalogue = Path(settings.LOCALE_PATHS[0], code, "LC_MESSAGES", "django.po")
            catalogue.write_text(OF_THE_DAY.sub("", catalogue.read_text("utf8")), "utf8")
        call_command("compilemessages", locale=codes, ignore_patterns=NOT_READ, verbosity=0)
