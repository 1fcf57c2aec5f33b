from django.db.models import F
from django.utils import timezone

from contributions.models import ReferenceCounter


def next_reference(call):
    """The next reference of the call's series and the dialogue's year, such as TIP-2024-0012.

    Must run inside a transaction: the counter's row stays locked until the contribution that takes it is saved.
    """
    day = call.dialogue.starts_on or timezone.localdate(call.closes_at)
    prefix = f"{call.dialogue.series.code}-{day.year}"
    ReferenceCounter.objects.get_or_create(prefix=prefix)
    ReferenceCounter.objects.filter(prefix=prefix).update(last=F("last") + 1)
    return str(ReferenceCounter.objects.get(prefix=prefix))
