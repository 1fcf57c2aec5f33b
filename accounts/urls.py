from allauth.account import views
from django.urls import path
from django.views.generic import RedirectView

from .views import CodeView, SignInView, SignOutView, verify_email

to_sign_in = RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)

# The names are allauth's, which looks them up. Only the pages that sign-in with a code needs are here.
urlpatterns = [
    path("sign-in/", SignInView.as_view(), name="account_request_login_code"),
    path("sign-in/code/", CodeView.as_view(), name="account_confirm_login_code"),
    path("sign-out/", SignOutView.as_view(), name="account_logout"),
    path("closed/", views.account_inactive, name="account_inactive"),
    path("login/", to_sign_in, name="account_login"),
    path("signup/", to_sign_in, name="account_signup"),
    path("confirm-email/", verify_email, name="account_email_verification_sent"),
]
