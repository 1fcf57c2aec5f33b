from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from dialogues.models import Series
from portal.sample import dates, invented, real, translations

STAFF = "secretary@sample.example"
FILER = "filer@sample.example"


class Command(BaseCommand):
    """Load the sample in one transaction. If the portal has records already, change nothing."""

    help = "Load the real dialogues (facts only) and one invented sample dialogue into an empty portal."

    @transaction.atomic
    def handle(self, **options: object) -> None:
        if Series.objects.exists():
            self.stdout.write("The portal has records already: nothing was loaded.")
            return
        user = get_user_model()
        staff = user.objects.create_user(STAFF, name="Sample Secretary", is_staff=True)
        staff.groups.add(Group.objects.get(name="Secretariat"))
        call_command("load_vocabulary", stdout=self.stdout)
        real.load()
        dialogue = invented.load(user.objects.create_user(FILER, name="Sample Filer"))
        translations.load()
        dates.spread(dialogue)
        self.stdout.write(f"Sample loaded. Sign in as {STAFF} (staff) or {FILER} (participant).")
