from allauth.account import views
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.usersessions.views import list_usersessions
from django.urls import path
from django.views.generic import RedirectView

from .views import CodeView, SignInView, SignOutView, changing, for_staff, verify_email

to_sign_in = RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)
to_second_factor = RedirectView.as_view(pattern_name="mfa_index")

# The names are allauth's, which looks them up. Only the pages that the portal needs are here.
urlpatterns = [
    path("sign-in/", SignInView.as_view(), name="account_request_login_code"),
    path("sign-in/code/", CodeView.as_view(), name="account_confirm_login_code"),
    path("sign-in/second-factor/", factors.authenticate, name="mfa_authenticate"),
    path("sign-out/", SignOutView.as_view(), name="account_logout"),
    path("closed/", views.account_inactive, name="account_inactive"),
    path("login/", to_sign_in, name="account_login"),
    path("signup/", to_sign_in, name="account_signup"),
    path("confirm-email/", verify_email, name="account_email_verification_sent"),
    path("sessions/", for_staff(list_usersessions), name="usersessions_list"),
    path("second-factor/", for_staff(factors.index), name="mfa_index"),
    path("second-factor/again/", for_staff(factors.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/again/key/", for_staff(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("second-factor/app/", changing(app.activate_totp), name="mfa_activate_totp"),
    path("second-factor/app/remove/", changing(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-factor/codes/", for_staff(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", for_staff(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("second-factor/codes/file/", for_staff(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("second-factor/keys/", to_second_factor, name="mfa_list_webauthn"),
    path("second-factor/keys/new/", changing(keys.add_webauthn), name="mfa_add_webauthn"),
    path("second-factor/keys/<int:pk>/remove/", changing(keys.remove_webauthn), name="mfa_remove_webauthn"),
]
