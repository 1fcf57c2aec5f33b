class ForgettableMixin:
    """A page of the desk whose records are forgotten one day, so that Django's log of it must not keep their names.

    What moved, the log of moves says; it holds no name and no title.
    """

    def log_addition(self, request, obj, message):
        """Nothing."""

    def log_change(self, request, obj, message):
        """Nothing."""

    def log_deletions(self, request, queryset):
        """Nothing."""
