import uuid
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

T = TypeVar("T", bound="Subscription")


class SubscriptionQuerySet(models.QuerySet[T]):
    """Subscriptions of one kind."""

    def confirmed(self) -> Self:
        """Return those whose owner has confirmed the address; only these may be sent news."""
        return self.exclude(confirmed_at=None)

    def unconfirmed(self) -> Self:
        """Return those that nobody has confirmed yet; the address may belong to someone else."""
        return self.filter(confirmed_at=None)


class Subscription(models.Model):
    """Base class of everything that people can subscribe to by email.

    A subclass adds the fields that say what the subscription is for, a unique constraint on them and `address`, and the
    names of its views. The address is stored here only. It gets no news until its owner confirms the subscription, and
    is deleted when they unsubscribe.
    """

    confirm_view: ClassVar[str]  # the URL name of a ConfirmView; its one argument is the key
    leave_view: ClassVar[str]  # the URL name of a LeaveView; its one argument is the key

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField(_("address"))
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]

    @property
    def confirm_url(self) -> str:
        """The absolute URL of the page that confirms this subscription, in the language of the subscription."""
        return self._absolute_url(self.confirm_view)

    @property
    def leave_url(self) -> str:
        """The absolute URL of the page to unsubscribe, in the language of the subscription."""
        return self._absolute_url(self.leave_view)

    def _absolute_url(self, view: str) -> str:
        with override(self.language):
            return f"{settings.BASE_URL}{reverse(view, args=[self.key])}"

    @classmethod
    def page_template(cls, suffix: str) -> str:
        """Return the path of the template of a page, named as in generic views: `search/searchalert_form.html`."""
        return f"{cls._meta.app_label}/{cls._meta.model_name}_{suffix}.html"

    @classmethod
    def letter_name(cls, suffix: str) -> str:
        """Return the name of one of its letters, such as `search-searchalert_confirm`."""
        return f"{cls._meta.app_label}-{cls._meta.model_name}_{suffix}"
