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
# A session has three attempts at a code. These limits hold across sessions, for one network address (ip) or one key.
# A request for a code counts for its client and the address together, so that nobody can use up another person's limit
# (accounts/limits.py). The limit for all strangers together protects a mailbox, and is too high for most to reach.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": None, "ask_code": "20/m/ip,3/m/key,10/h/key", "codes_to_address": "300/h/key",
    "ask_code_again": "3/m/key,10/h/key", "try_code": "30/m/ip,10/m/key", "try_code_again": "10/m/key",
    "ask_preview_code": "3/m/key,10/h/key", "search_alert": "10/h/ip",
    "document_alert": "10/h/ip", "receipt_check": "30/m/ip",
    "hold_attempt": "200/h/ip", "hold_contribution": "60/h/ip,5/h/key", "letters_to_others": "60/d/key",
    "search_export": "12/m/ip", "search_texts": "6/m/ip",
}  # fmt: skip
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "accounts.forms.SignInForm",
    "confirm_login_code": "accounts.forms.CodeForm",
    "confirm_email_verification_code": "accounts.forms.AddressCodeForm",
}
# Browsers take a cookie with this prefix only over HTTPS and from this host, never from another of the same domain.
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=not DEBUG)
COOKIE_PREFIX = "__Host-" if SECURE_COOKIES else ""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "contributions:mine"

# Staff also prove a second factor, with a passkey or an authenticator app, and their sessions end after these hours.
# Pages about rights, addresses and exports ask for it again, unless it was proved in the last quarter of an hour.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEBUG)
STAFF_SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=12)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a code is good for half a minute more on either side: people type, and clocks differ
MFA_ADAPTER = "accounts.factor_adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.factor_forms.FactorForm",
    "reauthenticate": "accounts.factor_forms.FactorAgainForm",
    "activate_totp": "accounts.factor_forms.AppForm",
    "add_webauthn": "accounts.factor_forms.PasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# Hours until an account is deleted if someone asked for a code and nobody signed in; days without a sign-in until an
# account without rights is deleted, with its address, once its contributions are decided.
UNPROVED_ACCOUNT_HOURS = env.int("UNPROVED_ACCOUNT_HOURS", default=24)
IDLE_ACCOUNT_DAYS = env.int("IDLE_ACCOUNT_DAYS", default=730)
