"""The faults of one machine: processes killed, the disk full, locks held, the index damaged, mail away, the clock off.

Each is a function of a Site and a chance. It does its damage, leaves it for a while, and takes away what an operator or
the machine itself would: a server that was killed starts again, a disk has room again. Nothing else is mended by hand.
It returns whether it hit something: there may be no process to kill, or no letter to send while the mail is away.
"""

import contextlib
import os
import sqlite3
import time

from django.conf import settings

from bench.faults.site import (
    SECONDS_TO_KILL,
    children,
    family,
    is_alive,
    kill,
    kill_group,
    kill_one,
    wait_until,
)
from mail.models import OutgoingEmail

CHILD_PATIENCE = 4.0  # seconds in which a child must appear
COMMAND_TRIES = 10  # a command may end before the moment that is chosen for its death
DAY = 24 * 3600  # seconds
RESERVE = 4096  # bytes that the disk still has when it counts as full


def kill_web_process(site, chance):
    """Kill one of the processes of the web server; gunicorn starts another."""
    return kill_one(children(site.web), chance)


def kill_web(site, chance):
    """Kill the whole web server, which systemd starts again."""
    return restart(site.web, site.start_web, chance)


def kill_lane(site, chance):
    """Kill a process of the worker; its supervisor starts another."""
    return kill_one(children(site.worker), chance)


def kill_worker(site, chance):
    """Kill the worker with all its processes, which systemd starts again."""
    return restart(site.worker, site.start_worker, chance)


def restart(leader, start, chance):
    """Kill a process with all that come from it, and start it again after a moment."""
    kill_group(leader)
    time.sleep(chance.uniform(0, 0.3))
    start()
    return True


def kill_supervisor(site, chance):
    """Kill the supervisor alone; the processes that it leaves end by themselves."""
    kill(site.worker)
    site.start_worker()
    return True


def kill_child(site, chance):
    """Kill a process that cleans, reads or draws a file."""
    lanes = set(children(site.worker))
    wait_until(lambda: [one for one in family(site.worker)[1:] if one not in lanes], CHILD_PATIENCE)
    time.sleep(chance.uniform(0, 0.1))
    found = [one for one in family(site.worker)[1:] if one not in lanes]
    for one in found:
        kill(one)
    return bool(found)


def kill_command(site, chance):
    """Kill a command of an operator, which is then run again. If it ended too soon, wait for its next run."""
    found = []
    for _ in range(COMMAND_TRIES):
        wait_until(lambda: site.commands, CHILD_PATIENCE)
        time.sleep(chance.uniform(0, site.seconds_to_kill))
        if found := [one for one in site.commands if is_alive(one)]:
            break
    site.kills_commands, site.seconds_to_kill = False, SECONDS_TO_KILL
    for one in found:
        kill_group(one)
    return bool(found)


def kill_all(site, chance):
    """Kill everything at once, as when the machine is switched off, and start it again."""
    site.killed.update(site.commands)
    for leader in (site.web, site.worker, *site.commands):
        for one in family(leader):
            kill(one)
    for leader in (site.web, site.worker):
        kill_group(leader)
    site.start_web()
    site.start_worker()
    return True


def fill_disk(site, chance):
    """Leave no room on the disk of the data for a while, if it is a disk of its own."""
    if not site.data.is_mount():  # never fill the disk of the machine
        return False
    balloon = site.data / "balloon"
    with contextlib.suppress(OSError), open(balloon, "wb", buffering=0) as file:
        free = os.statvfs(site.data)
        os.posix_fallocate(file.fileno(), 0, max(1, free.f_bavail * free.f_frsize - RESERVE))
        while file.seek(0, os.SEEK_END) and file.write(b"\0" * RESERVE):
            continue
    time.sleep(chance.uniform(0.3, 1.5))
    balloon.unlink(missing_ok=True)
    return True


def hold_lock(site, chance, seconds=(0.2, 1.5)):
    """Hold the write lock of the database, for less time than others wait for it."""
    database = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=10, isolation_level=None)
    is_held = False
    with contextlib.suppress(sqlite3.OperationalError):
        database.execute("BEGIN IMMEDIATE")
        is_held = True
        time.sleep(chance.uniform(*seconds))
        database.execute("ROLLBACK")
    database.close()
    return is_held


def hold_lock_for_long(site, chance):
    """Hold the write lock for longer than others wait for it."""
    return hold_lock(site, chance, (3.5, 5.0))


def delete_index(site, chance):
    """Move the index away, or delete one of its files."""
    folder = settings_index()
    if chance.random() < 0.5:
        folder.rename(folder.with_name(f"lost-{time.monotonic_ns()}"))
        return True
    files = index_files(chance)
    for file in files:
        file.unlink(missing_ok=True)
    return bool(files)


def cut_index(site, chance):
    """Cut the end off a file of the index."""
    files = index_files(chance)
    for file in files:
        os.truncate(file, file.stat().st_size // 2)
    return bool(files)


def flip_index(site, chance):
    """Change a byte of a file of the index."""
    files = index_files(chance)
    for file in files:
        with open(file, "r+b") as opened:
            place = chance.randrange(max(1, file.stat().st_size))
            opened.seek(place)
            byte = opened.read(1) or b"\0"
            opened.seek(place)
            opened.write(bytes([byte[0] ^ (1 << chance.randrange(8))]))
    return bool(files)


def settings_index():
    """Return the folder of the index."""
    return settings.DATA_DIR / "index"


def index_files(chance):
    """Return one file of the index in a list, or none if it is just being made."""
    files = sorted(path for path in settings_index().glob("v*/*") if path.is_file() and path.stat().st_size)
    return [chance.choice(files)] if files else []


def take_mail_away(site, chance):
    """Stop the mail server for a while."""
    port = site.close_mail()
    time.sleep(chance.uniform(0.3, 1.5))
    is_missed = a_letter_waits()
    site.open_mail(port)
    return is_missed


def drop_mail(site, chance):
    """Let the mail server drop connections before it has taken the text."""
    step = chance.choice(["greeting", "mail", "rcpt", "data"])
    site.mail.behaves[step] = "drop"
    time.sleep(chance.uniform(0.3, 1.5))
    is_missed = a_letter_waits()
    del site.mail.behaves[step]
    return is_missed


def a_letter_waits():
    """Return whether a letter waits for the mail server."""
    return OutgoingEmail.objects.filter(state__in=["waiting", "sending"]).exists()


def set_clock(site, chance, offsets=(300, -300, 3 * DAY, -3 * DAY)):
    """Set the clock of all processes off by five minutes or three days, and right again."""
    site.set_clock(chance.choice(offsets))
    time.sleep(chance.uniform(1.0, 2.5))
    site.set_clock(0)
    return True


FAULTS = {
    "web_process": kill_web_process,
    "web": kill_web,
    "lane": kill_lane,
    "worker": kill_worker,
    "supervisor": kill_supervisor,
    "child": kill_child,
    "command": kill_command,
    "all": kill_all,
    "disk_full": fill_disk,
    "lock": hold_lock,
    "long_lock": hold_lock_for_long,
    "index_deleted": delete_index,
    "index_cut": cut_index,
    "index_flipped": flip_index,
    "mail_away": take_mail_away,
    "mail_drops": drop_mail,
    "clock": set_clock,
}
