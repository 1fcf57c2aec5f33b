from django.db.models import signals
from haystack.signals import BaseSignalProcessor

from .queue import enqueue, note_move


class QueuedSignalProcessor(BaseSignalProcessor):
    """Haystack's own way to hear of changes; what it hears becomes index jobs, in the same transaction."""

    def setup(self):
        signals.pre_save.connect(self.handle_before)
        signals.post_save.connect(self.handle)
        signals.pre_delete.connect(self.handle)
        signals.m2m_changed.connect(self.handle_m2m)

    def teardown(self):
        signals.pre_save.disconnect(self.handle_before)
        signals.post_save.disconnect(self.handle)
        signals.pre_delete.disconnect(self.handle)
        signals.m2m_changed.disconnect(self.handle_m2m)

    def handle_before(self, sender, instance, raw=False, **kwargs):
        """A record is about to be saved and may leave others: an appearance that turns out to be someone else's."""
        if not raw and not instance._state.adding:
            note_move(self.connections["default"].get_unified_index(), instance)

    def handle(self, sender, instance, raw=False, **kwargs):
        """A record was saved or is about to go. Loading a fixture (`raw`) is followed by a rebuild."""
        if not raw:
            enqueue(self.connections["default"].get_unified_index(), instance)

    def handle_m2m(self, instance, action, **kwargs):
        if action.startswith("post_"):
            self.handle(sender=type(instance), instance=instance)
