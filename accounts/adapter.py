from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Where people land once they are in: where they were going, else staff on the desk, others on their page."""

    def get_login_redirect_url(self, request):
        return reverse("admin:index") if request.user.is_staff else super().get_login_redirect_url(request)
