from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.workflow import reset_second_factor


class Command(BaseCommand):
    """Reset the second factor of a member of staff who lost their device."""

    help = "Delete the second factors of an account and sign it out everywhere. Its owner sets up another."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address of the account")

    def handle(self, *, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"There is no account with the address {email}.")
        reset_second_factor(user, by=None)
        self.stdout.write(f"{user.email} has no second factor now, is signed out, and gets a letter.")
