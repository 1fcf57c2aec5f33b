"""An upload that is too large is refused by what it says of itself, before a byte of it is kept."""

from functools import wraps

from django.core.exceptions import TooManyFilesSent
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

LARGEST = 150 * 1024 * 1024  # bytes of one request
READ_ANYWAY = 1024 * 1024 * 1024  # bytes: a browser shows an answer only once it has sent all
CHUNK = 1024 * 1024


def too_large(request):
    """Whether a request says that it holds more than LARGEST bytes."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return not said.isdecimal() or int(said) > LARGEST


def refuses_large(view, answer):
    """A view that gives `answer(request, sentence=…)` to what is too large, and only else lets Django read the form.

    Django's middleware would read it all in search of the form's token; the view asks for that itself.
    """

    @wraps(view)
    def looking(request, *args, **kwargs):
        sentence = _("This is more than 150 MB at once: send it in several parts.")
        if request.method != "POST" or not too_large(request):
            try:
                return view(request, *args, **kwargs)
            except TooManyFilesSent:
                sentence = _("These are too many files at once: send them as a ZIP, or in several parts.")
        return answer(request, sentence=sentence, **kwargs)

    return csrf_exempt(looking)


def let_pass(request):
    """Read the body and keep nothing of it."""
    left = min(int(request.META["CONTENT_LENGTH"]), READ_ANYWAY) if request.META["CONTENT_LENGTH"].isdecimal() else 0
    while left > 0 and (chunk := request.read(min(CHUNK, left))):
        left -= len(chunk)
