"""An app that owns uploads in pieces: its views, its page, and a client that signs in."""

import os
import signal
from pathlib import Path
from urllib.parse import urlsplit

import requests
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import Context, Template
from django.test import Client
from django.urls import path, reverse
from tusclient.client import TusClient

from documents import workflow
from documents.forms import DocumentField
from documents.models import Document
from documents.tus import TusCreateView, TusUploadView

TUS = {"Tus-Resumable": "1.0.0"}
CONTENT_TYPE = "application/offset+octet-stream"


class FileForm(forms.Form):
    """Metadata of an upload."""

    upload = DocumentField(required=False)
    upload_language = forms.ChoiceField(choices=settings.CONTENT_LANGUAGES)
    is_translation = forms.BooleanField(required=False)


class Taken:
    """The views' common part: stores complete files as documents, and records them for the tests in `given`."""

    given = []

    @property
    def purpose(self):
        return f"folder {self.kwargs['folder']}"

    def finish(self, partial, upload):
        workflow.store(upload)
        if "DIES_AT_THE_END" in os.environ:
            os.kill(os.getpid(), signal.SIGKILL)
        self.given.append((upload.name, upload.size, partial.fields))


class FolderUploadCreateView(Taken, TusCreateView):
    fields_form = FileForm

    def refuse(self, request):
        if self.kwargs["folder"] == "closed":
            raise ValidationError("This folder is closed.")

    def address(self, partial):
        return reverse("upload", args=[self.kwargs["folder"], partial.key])


class FolderUploadView(Taken, TusUploadView):
    pass


PAGE = Template("""{% load static %}<!doctype html><html lang="en"><title>Files</title>
<script src="{% static 'upload.js' %}" defer></script>
<form method="post" enctype="multipart/form-data" data-uploads="{{ uploads }}" {{ done }}
  data-upload-fields="upload_language is_translation" data-text-progress="{done} of {total} MB"
  data-text-resumed="{done} of {total} MB were here already" data-text-waiting="No line: again in {seconds} seconds"
  data-text-failed="This file could not be sent." data-text-stop="Stop" data-text-bar="How far it is">
  <input type="hidden" name="csrfmiddlewaretoken" value="{{ token }}">
  <label>Title <input name="title" value="{{ title }}"></label>
  <p><label>File <input type="file" name="upload" id="id_upload" multiple></label></p>
  <label>Language <select name="upload_language"><option>en</option><option>ar</option></select></label>
  <label><input type="checkbox" name="is_translation"> Translation</label>
  <button name="save" value="yes">Save</button>
</form>
<ul>{% for document in documents %}<li>{{ document.original_name }}</li>{% endfor %}</ul></html>""")


def page(request, folder):
    form = FileForm(request.POST, request.FILES)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["upload"]:
        workflow.store(form.cleaned_data["upload"])
    context = {
        "uploads": reverse("uploads", args=[folder]),
        "done": request.GET.get("done", "") and f"data-done={request.path}?#files",
        "token": get_token(request),
        "title": request.POST.get("title", ""),
        "documents": Document.objects.order_by("pk"),
    }
    return HttpResponse(PAGE.render(Context(context)))


def refused(request, reason=""):
    """Answer a request of another site without the portal's page, which needs addresses of other apps."""
    return HttpResponse(status=403)


urlpatterns = [
    path("favicon.ico", lambda request: HttpResponse(status=204)),
    path("folders/<slug:folder>/", page, name="page"),
    path("folders/<slug:folder>/uploads/", FolderUploadCreateView.as_view(), name="uploads"),
    path("folders/<slug:folder>/uploads/<uuid:upload>/", FolderUploadView.as_view(), name="upload"),
]


def signed_in(user) -> dict[str, str]:
    """Return the headers of a browser in which this user is signed in."""
    browser = Client()
    browser.force_login(user)
    cookie, token = browser.cookies[settings.SESSION_COOKIE_NAME].value, "a" * 32
    return {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}; {settings.CSRF_COOKIE_NAME}={token}",
        "X-CSRFToken": token,
    }


def partial_files() -> list[Path]:
    """Return the files of unfinished uploads."""
    return list(Path(storages["documents"].path("partial")).glob("*"))


def sentence(answer) -> tuple[int, str]:
    """Return the status and the sentence of a response."""
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    return answer.status_code, answer.text


class Sender:
    """A person who sends files with a third-party tus client and with plain requests."""

    def __init__(self, server: str, user, folder="open"):
        self.headers = signed_in(user)
        self.uploads = f"{server}/folders/{folder}/uploads/"
        self.host = urlsplit(server).netloc

    def uploader(self, file, **options):
        """Return an uploader that sends a stream in pieces of 1000 bytes."""
        client = TusClient(self.uploads, headers=dict(self.headers))
        metadata = {"filename": "a.txt", "upload_language": "en"} | options.pop("metadata", {})
        return client.uploader(file_stream=file, metadata=metadata, **{"chunk_size": 1000, **options})

    def ask(self, method, address=None, *, data=None, **headers):
        """Return the response to one request; underscores in names of headers become dashes."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return requests.request(
            method, address or self.uploads, data=data, headers=self.headers | TUS | headers, timeout=20
        )

    def patch(self, address, offset, data=b"", **headers):
        """Return the response to a piece."""
        headers = {"Content_Type": CONTENT_TYPE, "Upload_Offset": str(offset), **headers}
        return self.ask("PATCH", address, data=data, **headers)

    def begin(self, length, **headers):
        """Return the URL of a new upload."""
        headers = {"Upload_Length": str(length), "Upload_Metadata": "upload_language ZW4=", **headers}
        answer = self.ask("POST", **headers)
        assert answer.status_code == 201, answer.text
        return f"http://{self.host}{answer.headers['Location']}"

    def offset(self, address) -> int:
        """Return the offset of an upload."""
        return int(self.ask("HEAD", address).headers["Upload-Offset"])
