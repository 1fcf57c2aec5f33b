from typing import Any

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from .models import User
from .second_factor import asks_again, is_due_again
from .workflow import reset_second_factor

# These show secrets and network addresses, which nobody needs to read.
admin.site.unregister([Authenticator, UserSession, EmailAddress, Group])


class AskingAdmin(admin.ModelAdmin):
    """An admin about rights or addresses, whose pages ask for the second factor again."""

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()
        for url in urls:
            url.callback = asks_again(url.callback)
        return urls


@admin.register(EmailAddress)
class EmailAddressAdmin(AskingAdmin, allauth.account.admin.EmailAddressAdmin):
    """The addresses that were proved with a code."""


@admin.register(Group)
class GroupAdmin(AskingAdmin, DjangoGroupAdmin):
    """The roles of staff."""


@admin.register(User)
class UserAdmin(AskingAdmin, DjangoUserAdmin):
    """Staff, co-chairs and participants. Users without a password sign in with a code sent by email."""

    form = UserChangeForm
    add_form = AdminUserCreationForm
    ordering = ["email"]
    list_display = ["email", "name", "is_staff", "is_active", "last_login"]
    search_fields = ["email", "name"]
    fieldsets = [
        (None, {"fields": ["email", "name", "language", "password"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Second factor"), {"fields": ["second_factor"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]
    readonly_fields = ["second_factor", "last_login", "date_joined"]

    def get_urls(self) -> list[URLPattern]:
        reset = path(
            "<int:pk>/second-factor/",
            asks_again(self.admin_site.admin_view(self.reset_second_factor)),
            name="accounts_user_second_factor",
        )
        return [reset, *super().get_urls()]

    @admin.display(description=_("second factor"))
    def second_factor(self, user: User) -> str:
        """The kinds of second factor that the user has, and where another superuser resets them."""
        kinds = [str(factor.get_type_display()) for factor in Authenticator.objects.filter(user=user)]
        if not kinds:
            return pgettext("second factor", "None")
        address = reverse("admin:accounts_user_second_factor", args=[user.pk])
        return format_html('{} · <a href="{}">{}</a>', ", ".join(kinds), address, gettext("Reset"))

    def reset_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then reset the second factor of someone who lost their device."""
        user = get_object_or_404(User, pk=pk)
        by: Any = request.user
        if not by.is_superuser or by.pk == user.pk:
            raise PermissionDenied
        if request.method == "POST":
            reset_second_factor(user, by=by)
            messages.success(request, gettext("The second factor of %s was reset. They get an email.") % user)
            return redirect("admin:accounts_user_change", user.pk)
        context = {**self.admin_site.each_context(request), "user_of": user, "opts": self.model._meta}
        return TemplateResponse(request, "admin/accounts/reset_second_factor.html", context)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find nobody for a field of another page while the pages of users would ask for the second factor again."""
        found: tuple[Any, bool] = super().get_search_results(request, queryset, search_term)
        return (found[0].none(), False) if is_due_again(request) else found

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str] | tuple[str, ...]:
        """Let only superusers make superusers and give single permissions. The secretariat gives roles."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_superuser", "user_permissions"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let only superusers change superusers: a changed address or password would give access to the account."""
        is_protected = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not is_protected and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Require proof of a new address, and end access with the old one."""
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj).delete()
