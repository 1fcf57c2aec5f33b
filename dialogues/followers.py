"""What rooms above this one do when a summary's paragraphs are written, in the transaction that writes them.

A room above keeps records about paragraphs, yet `dialogues` may not know of it: so it leaves here what is to be called.
"""

from django.utils.module_loading import import_string

_followers = []


def add(follower):
    """Have a function called with each summary whose paragraphs were written; `follower` is its dotted path."""
    if follower not in _followers:
        _followers.append(follower)


def tell(summary):
    """Call all followers, in the order in which their rooms were added."""
    for follower in _followers:
        import_string(follower)(summary)
