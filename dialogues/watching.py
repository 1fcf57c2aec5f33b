"""One letter when a document is there: asked for, confirmed by the owner of the address, sent once, then forgotten."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from search.letters import send_letter
from search.workflow import FORGOTTEN_AFTER, MOST_UNCONFIRMED

from .models import Dialogue, Watch
from .status import find_published, public_documents, with_public_documents


@transaction.atomic
def ask(document, address, *, language):
    """Keep the wish and write to the address for its confirmation; say nothing of whether that was done before."""
    address = address.lower()
    if Watch.objects.filter(address=address, confirmed_at=None).count() >= MOST_UNCONFIRMED:
        return
    watch, new = Watch.objects.get_or_create(
        address=address,
        dialogue=document.dialogue,
        kind=document.kind,
        document_language=document.language,
        defaults={"language": language},
    )
    if new:
        write(watch, "confirm", dialogue=document.dialogue)


@transaction.atomic
def confirm(watch):
    """From now on they hear of it."""
    Watch.objects.filter(pk=watch.pk, confirmed_at=None).update(confirmed_at=timezone.now())


def leave(watch):
    """Forget the address."""
    watch.delete()


def send_due():
    """Write to all whose document is there, and forget wishes nobody confirmed; return how many letters went."""
    Watch.objects.filter(confirmed_at=None, asked_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
    waiting = Watch.objects.exclude(confirmed_at=None).order_by().values_list("dialogue", flat=True).distinct()
    return sum(tell(pk) for pk in list(waiting))


@transaction.atomic
def tell(dialogue_id):
    """Write to those who wait for what is there of one dialogue, and forget them: both are kept or lost together.

    Where the dialogue or the document is hidden again, nobody is told and the wish stays.
    """
    # First the wishes, held until the end: who comes at the same time finds none of them again.
    watches = list(Watch.objects.select_for_update().filter(dialogue=dialogue_id).exclude(confirmed_at=None))
    found = list(with_public_documents(Dialogue.objects.published().filter(pk=dialogue_id)))
    return sum(tell_in(language, watches, found) for language in {watch.language for watch in watches})


def tell_in(language, watches, found):
    """Write to those of `watches` who read that language, with the addresses of its pages; return how many."""
    told = 0
    with override(language):
        there = [one for arrived in public_documents(found).values() for one in arrived]
    for watch in watches:
        if watch.language != language:
            continue
        if arrival := find_published(watch.kind, watch.document_language, there):
            write(watch, "arrived", dialogue=found[0], arrival=arrival)
            watch.delete()
            told += 1
    return told


def write(watch, letter, **context):
    """Queue a letter to who waits, with the way to leave."""
    with override(watch.language):
        leave_at = settings.BASE_URL + reverse("dialogues:watch-leave", args=[watch.key])
    context["watch"] = watch
    send_letter(f"dialogues/letters/{letter}.txt", watch.address, watch.language, leave_at=leave_at, context=context)
