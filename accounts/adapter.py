from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from .workflow import remember_language


class AccountAdapter(DefaultAccountAdapter):
    """What follows when somebody signs in: we write in the language that they used, and lead them to where they belong.

    That is where they were going, else the desk for staff, and for others their own page.
    """

    def login(self, request, user):
        super().login(request, user)
        remember_language(user)

    def get_login_redirect_url(self, request):
        return reverse("admin:index") if request.user.is_staff else super().get_login_redirect_url(request)
