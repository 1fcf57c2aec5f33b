from django.contrib.auth.models import BaseUserManager


class UserManager(BaseUserManager):
    """Makes users, who are known by their e-mail address alone."""

    def create_user(self, email, password=None, **fields):
        """A user; without a password the only way in is a code by e-mail."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)
