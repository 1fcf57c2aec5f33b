from .alerts import AlertConfirmView, AlertCreateView, AlertLeaveView
from .machines import SearchFeed, cite, describe
from .searching import search, suggest

__all__ = [
    "AlertConfirmView",
    "AlertCreateView",
    "AlertLeaveView",
    "SearchFeed",
    "cite",
    "describe",
    "search",
    "suggest",
]
