"""Starts the processes of all lanes, replaces those that die, and stops them."""

import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from uuid import uuid4

from django.db import Error as AnyDatabaseError
from django.db import connections
from django.utils.autoreload import StatReloader

from . import workflow
from .lanes import Lane
from .worker import LaneWorker

LOOK_EVERY = 0.5  # seconds
PAUSE = 1.0  # seconds before a process that died is replaced, so that one that cannot start does not spin

logger = logging.getLogger(__name__)


@dataclass
class Running:
    """A process of a lane, and the id by which the database knows it."""

    lane: Lane
    worker_id: str
    process: BaseProcess


def run_lane(lane: Lane, worker_id: str, interval: float, parent: int) -> None:
    """Run tasks of a lane in this process."""
    os.nice(lane.niceness)
    worker = LaneWorker([lane.name], worker_id=worker_id, interval=interval, parent=parent)
    worker.configure_signals()
    try:
        worker.run()
    except Exception:  # Python itself would print the message of the error, which may quote personal data
        logger.exception("An error ends a process of the lane “%s”.", lane.name)
        sys.exit(1)


class Supervisor:
    """Runs lanes. Its processes are forked, so that they share its memory and a new one starts at once."""

    def __init__(self, lanes: Sequence[Lane], *, interval: float, grace: float, reloads: bool = False) -> None:
        self.lanes, self.interval, self.grace = lanes, interval, grace
        self.code = Code() if reloads else None
        self.running: list[Running] = []
        self.is_stopping = False

    def run(self) -> None:
        """Run until SIGTERM or SIGINT, then let each process finish its task, for `grace` seconds at most."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.ask_to_stop)
        for lane in self.lanes:
            for _ in range(lane.processes):
                self.start(lane)
        while not self.is_stopping:
            wait([one.process.sentinel for one in self.running], LOOK_EVERY)
            self.replace_dead()
            if self.code and self.code.has_changed():
                self.stop()
                os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - this command again
        self.stop()

    def ask_to_stop(self, *signal_and_frame: object) -> None:
        """Stop soon; at once if asked again."""
        if self.is_stopping:
            self.grace = 0
        self.is_stopping = True

    def start(self, lane: Lane) -> None:
        """Start a process of a lane."""
        connections.close_all()  # a connection is not shared with a child
        worker_id = uuid4().hex
        process = get_context("fork").Process(target=run_lane, args=(lane, worker_id, self.interval, os.getpid()))
        process.start()
        self.running.append(Running(lane, worker_id, process))

    def replace_dead(self) -> None:
        """Release the tasks of processes that have died, and start others in their place."""
        dead = [one for one in self.running if not one.process.is_alive()]
        if not dead or self.is_stopping:
            return
        for one in dead:
            logger.error("A process of the lane “%s” ended (%s).", one.lane.name, one.process.exitcode)
            self.forget(one, is_counted=(one.process.exitcode or 0) < 0)  # a signal ended it
        time.sleep(PAUSE)
        for one in dead:
            self.start(one.lane)

    def stop(self) -> None:
        """Let all processes finish their task; kill those that have not after `grace` seconds."""
        for one in self.running:
            one.process.terminate()
        since = time.monotonic()
        while time.monotonic() - since < self.grace:  # which a second signal sets to 0
            if not (living := [one.process.sentinel for one in self.running if one.process.is_alive()]):
                break
            wait(living, LOOK_EVERY)
        for one in list(self.running):
            one.process.kill()
            one.process.join()
            self.forget(one, is_counted=False)

    def forget(self, one: Running, *, is_counted: bool) -> None:
        """Release the task of a process that has ended. If the database is away, other processes do so later."""
        self.running.remove(one)
        try:
            workflow.release(one.worker_id, is_counted=is_counted)
        except AnyDatabaseError as error:
            logger.warning("The task of a process that ended was not released yet: %s", error)


class Code(StatReloader):
    """The project's source files, for development."""

    def __init__(self) -> None:
        super().__init__()
        self.times = dict(self.snapshot_files())

    def has_changed(self) -> bool:
        """Return whether a file has changed since the start."""
        return any(self.times.get(path, changed) != changed for path, changed in self.snapshot_files())
