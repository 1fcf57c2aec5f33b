"""Takes pages out of the copy. It needs neither the portal nor its database, so it works while both are away."""

from collections.abc import Collection, Iterable

from django.utils import timezone

from backups.replay import REDUCES
from backups.takedowns import NotedMove

from .addresses import path_on_site, without_language
from .folder import SUMS, Folder

MOVES_SEEN = "number of the last move"
STATE = "state"  # of the site, when what is no longer public was last removed


def take_out(folder: Folder, bares: Collection[str], *, may_return: bool = True) -> int:
    """Remove the pages at these addresses, all below them, and each page that links to one; return how many.

    The pages that link to one are copied again. So are the pages themselves if they `may_return` and the portal still
    shows them. Files are deleted before anything is written, because the disk may be full.
    """
    index = folder.index
    gone = {row.id: row for bare in bares for row in index.below(bare)}
    for bare in bares:
        folder.remove_below(bare)
    folder.remove(gone.values())
    linking = {row.id: row for row in index.linking_to(gone) if row.id not in gone}
    folder.remove(linking.values())
    if gone or linking:
        (folder.site / SUMS).unlink(missing_ok=True)  # it names them
    with index.writing():
        for row in [*gone.values(), *linking.values()]:
            index.set_without_file(row.id)
        index.set_due(linking)
        if may_return:
            index.set_due(gone)
        else:
            index.delete(gone)
    return sum(bool(row.file) for row in [*gone.values(), *linking.values()])


def remove_by_hand(folder: Folder, addresses: Iterable[str]) -> int:
    """Remove pages, and keep them out until the portal hides them too; return how many files were removed."""
    bares = [bare_address(address) for address in addresses]
    with folder.index.writing():
        for bare in bares:
            folder.index.bar(bare, timezone.now().isoformat(timespec="seconds"))
    return take_out(folder, bares, may_return=False)


def allow_again(folder: Folder, addresses: Iterable[str]) -> None:
    """Allow pages that were removed by hand in the copy again, if the portal shows them."""
    with folder.index.writing():
        for address in addresses:
            folder.index.allow(bare_address(address))
        folder.index.set_note(STATE, "")


def apply_moves(folder: Folder, moves: Iterable[NotedMove]) -> int:
    """Remove the records whose visible content a new move may reduce; return how many files were removed."""
    seen = last = int(folder.index.note(MOVES_SEEN, "0"))
    records, bares = folder.index.records(), set()
    for move in moves:
        last = max(last, move.number)
        if move.number > seen and move.verb in REDUCES:
            bares |= records.get((move.kind, move.key), set())
    count = take_out(folder, bares) if bares else 0
    if last > seen:
        with folder.index.writing():
            folder.index.set_note(MOVES_SEEN, str(last))
    return count


def bare_address(address: str) -> str:
    """Return the path of an address without its language; raises ValueError for one of another site."""
    path = path_on_site(address, "/")
    if path is None:
        raise ValueError(f"{address} is not an address of this site.")
    return without_language(path)
