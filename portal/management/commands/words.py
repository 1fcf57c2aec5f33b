import re
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale

NOT_READ = ["var", "tests", "bench", ".*"]
# What says when and by which tools a catalogue was made: each run would change it.
OF_THE_DAY = re.compile(r'^"(POT-Creation-Date|Report-Msgid-Bugs-To): .*\n', re.MULTILINE)

FORMS = re.compile(r"nplurals=(\d)")
# An entry for a number of things for which nothing is said yet: gettext gives it two forms in each language.
EMPTY_PLURAL = re.compile(r'^(msgid_plural .*\n(?:".*\n)*)(?:msgstr\[\d\] ""\n(?!"))+(?=\n|\Z)', re.MULTILINE)


def tidied(text):
    """A catalogue without what changes from run to run, and with as many plural forms as its language has."""
    text = OF_THE_DAY.sub("", text)
    forms = "".join(f'msgstr[{number}] ""\n' for number in range(int(FORMS.search(text)[1])))
    return EMPTY_PLURAL.sub(lambda found: found[1] + forms, text)


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
            catalogue.write_text(tidied(catalogue.read_text("utf8")), "utf8")
        call_command("compilemessages", locale=codes, ignore_patterns=NOT_READ, verbosity=0)
