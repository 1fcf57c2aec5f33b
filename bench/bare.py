"""A Django site with one view, which returns a file as it is: what serving a page costs at least.

It has the middleware for security alone. Each file in the folder `BARE_PAGES` is at the address of its name.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

PAGES = {file.name: file.read_bytes() for file in Path(os.environ["BARE_PAGES"]).iterdir()}


def page(request, name):
    return HttpResponse(PAGES[name], headers={"Content-Length": len(PAGES[name])})  # or it would be sent in chunks


urlpatterns = [path("<name>", page)]
settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only-for-the-benchmark",  # noqa: S106  nothing is signed
)
application = get_wsgi_application()
