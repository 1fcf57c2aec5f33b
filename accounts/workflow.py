"""What is done with people's accounts."""

from django.utils.translation import get_language


def remember_language(user):
    """Write to someone in the language of the page that they use now."""
    language = get_language()
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])
