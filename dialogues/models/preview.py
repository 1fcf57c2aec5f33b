import secrets

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.querysets import PreviewQuerySet

from .people import Appearance


def new_secret():
    """What makes the address of a preview unguessable: 192 bits."""
    return secrets.token_urlsafe(24)


class Preview(models.Model):
    """An address at which someone without an account reads one draft, until it expires."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    secret = models.CharField(max_length=64, unique=True, default=new_secret, editable=False)
    appearance = models.ForeignKey(
        Appearance,
        verbose_name=_("given to"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="previews",
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("language of the letter"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    expires_at = models.DateTimeField(_("open until"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = PreviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self):
        return _("Preview of %(record)s") % {"record": self.record}

    def get_absolute_url(self):
        return reverse("dialogues:preview", args=[self.secret])

    @property
    def is_open(self):
        """Whether its address still answers."""
        return timezone.now() < self.expires_at


class Guest(AnonymousUser):
    """Who holds the address of a preview: nobody signed in, to whom the gate opens that one draft."""

    def __init__(self, preview):
        super().__init__()
        self.preview = preview
