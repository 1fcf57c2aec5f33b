from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .querysets import UserManager


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. Only staff see the name: no public page shows it."""

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(
        _("language of letters"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("That of the page on which they signed in last, or sent a contribution."),
    )
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May open the staff desk."))
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Untick instead of deleting."))
    wants_daily_email = models.BooleanField(
        _("daily email"), default=False, help_text=_("Once a day, what work there is for them on the staff desk.")
    )
    daily_email_on = models.DateField(_("last daily email"), null=True, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Convert the address to lower case, as sign-in looks it up."""
        super().clean()
        self.email = self.email.lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name or self.email

    def remember_language(self) -> None:
        """Save the language of the current page as the language of letters to this user."""
        language = get_language()
        if self.language != language:
            self.language = language
            self.save(update_fields=["language"])
