from .second_factor import changing, for_staff
from .sign_in import CodeView, SignInView, SignOutView, verify_email

__all__ = ["CodeView", "SignInView", "SignOutView", "changing", "for_staff", "verify_email"]
