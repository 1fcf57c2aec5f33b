"""The settings of accounts: how people sign in, and how often. `portal.settings` takes all of them."""

from .environment import DEBUG, SITE_NAME, env

# Sign-in by an emailed code: there is no password to choose, forget or lose.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Seconds; email can be slow over a poor connection.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900
# A closed account gets no email: allauth's would invite its owner to sign up.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A session has three attempts at a code; these limits hold across sessions, for one account (key) or one address.
ACCOUNT_RATE_LIMITS = {
    "confirm_login_code": "30/m/ip,10/m/key", "search_alert": "10/h/ip",
    "document_alert": "10/h/ip", "receipt_check": "30/m/ip",
    "hold_attempt": "200/h/ip", "hold_contribution": "60/h/ip,5/h/key", "letters_to_others": "60/d/key",
    "search_export": "12/m/ip", "search_texts": "6/m/ip",
}  # fmt: skip
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"request_login_code": "accounts.forms.SignInForm"}
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "contributions:mine"

# Staff prove a second factor too, by a passkey or an authenticator app, and their sessions end after these hours. Pages
# about rights, addresses and exports ask for it again, unless that was done in the last quarter of an hour.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEBUG)
STAFF_SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=12)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "accounts.factor_adapter.SecondFactorAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
