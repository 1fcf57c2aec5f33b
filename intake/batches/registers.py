"""What rows refer to by name: calls, dialogues, speakers, organizations. Read once, for however many rows."""

from collections import defaultdict

from contributions.models import Call
from dialogues.models import Dialogue, Organization
from intake.spreadsheets.columns import plain

from .people import speakers_by_name


class Registers:
    """The names that `user` may refer to, as rows write them."""

    def __init__(self, user):
        self.dialogues, self.calls, self.calls_of = defaultdict(set), defaultdict(set), defaultdict(list)
        for dialogue in Dialogue.objects.visible_to(user).select_related("series"):
            names = [dialogue.title, dialogue.slug]
            names += [f"{dialogue.series.code} {dialogue.edition}"] if dialogue.edition else []
            for name in names:
                self.dialogues[plain(name)].add(dialogue)
        for call in Call.objects.visible_to(user).select_related("dialogue__series"):
            self.calls[plain(call.title)].add(call)
            self.calls_of[call.dialogue_id].append(call)
        self.speakers = speakers_by_name()
        self.organizations = {}
        for body in Organization.objects.all():
            self.organizations[plain(body.name)] = body
        for body in Organization.objects.exclude(acronym=""):
            self.organizations.setdefault(plain(body.acronym), body)

    def organization(self, words):
        """The body on record that is called so, or None."""
        return self.organizations.get(plain(words))
