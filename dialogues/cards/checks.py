from django.core.checks import Info

from . import fonts


def fonts_are_there(app_configs, **kwargs):
    """Names the Debian packages without which cards have no words; the site runs without them."""
    return [
        Info(
            f"{package} is not installed: cards for social networks leave out what they cannot set.",
            hint=f"On Debian: apt-get install {package}. Fonts are looked for below FONT_DIRS.",
            id="dialogues.I001",
        )
        for package in fonts.missing()
    ]
