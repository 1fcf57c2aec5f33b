"""What a production server such as gunicorn loads: `portal.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

from portal.languages import load_languages  # noqa: E402  it needs the settings
from search.right_words import load_right_words  # noqa: E402

load_languages()
load_right_words()

# What is loaded now stays. Without this, each full collection looks through all of it, for a fifth of a second.
gc.collect()
gc.freeze()
