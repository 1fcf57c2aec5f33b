from typing import Any

from django import template

from portal import work_queue
from publishing.work_queue import WorkList

register = template.Library()


@register.simple_tag
def work_lists_for(user: Any) -> list[WorkList]:
    """Return the work that waits for `user`, for the index page of the admin."""
    return work_queue.work_lists(user)
