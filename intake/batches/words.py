"""Words that lists use for what the portal has a choice of, in the ways that people write them."""

from django.conf import settings

from intake.spreadsheets.columns import plain

ENGLISH_NAMES = {"ar": "Arabic", "zh": "Chinese", "en": "English", "fr": "French", "ru": "Russian", "es": "Spanish"}
LANGUAGES = {
    plain(called): code for code, name in settings.CONTENT_LANGUAGES for called in (code, name, ENGLISH_NAMES[code])
}
APPEARANCES = {
    "named": "named", "name": "named", "by name": "named", "person": "named", "with name": "named",
    "organization": "organization", "organisation": "organization", "organization only": "organization",
    "anonymous": "anonymous", "anonym": "anonymous", "without name": "anonymous", "without any name": "anonymous",
}  # fmt: skip
YES = {"yes", "y", "true", "1", "x", "given", "consent given", "ok"}
NO = {"no", "n", "false", "0", "not given", "none", "refused"}
