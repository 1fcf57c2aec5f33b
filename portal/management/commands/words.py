import re
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale

IGNORED = ["var", "tests", "bench", ".*"]
# The date and tools of a run, which would change the catalogue each time.
RUN_HEADERS = re.compile(r'^"(POT-Creation-Date|Report-Msgid-Bugs-To): .*\n', re.MULTILINE)

FORMS = re.compile(r"nplurals=(\d)")
# An untranslated plural entry: gettext gives it two forms in every language.
EMPTY_PLURAL = re.compile(r'^(msgid_plural .*\n(?:".*\n)*)(?:msgstr\[\d\] ""\n(?!"))+(?=\n|\Z)', re.MULTILINE)


def normalized(text: str) -> str:
    """Return a catalogue without the dates of the run, and with as many plural forms as its language has."""
    text = RUN_HEADERS.sub("", text)
    count = int(FORMS.findall(text)[0])
    forms = "".join(f'msgstr[{number}] ""\n' for number in range(count))
    return EMPTY_PLURAL.sub(lambda found: found[1] + forms, text)


class Command(BaseCommand):
    """Update the catalogues in locale/ from code and templates, and compile them.

    This needs GNU gettext. Compiled catalogues are in Git, so that running the portal does not need it.
    """

    help = "Collect the texts of the interface for translation into locale/, and compile the translations."

    def handle(self, **options: object) -> None:
        codes = [to_locale(code) for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        call_command(
            "makemessages", locale=codes, ignore_patterns=IGNORED, add_location="file", no_wrap=True, verbosity=0
        )
        for code in codes:
            catalogue = Path(settings.LOCALE_PATHS[0], code, "LC_MESSAGES", "django.po")
            catalogue.write_text(normalized(catalogue.read_text("utf8")), "utf8")
        call_command("compilemessages", locale=codes, ignore_patterns=IGNORED, verbosity=0)
