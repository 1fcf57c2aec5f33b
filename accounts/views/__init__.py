from .second_factor import for_staff
from .sign_in import CodeView, SignInView, SignOutView, verify_email

__all__ = ["CodeView", "SignInView", "SignOutView", "for_staff", "verify_email"]
