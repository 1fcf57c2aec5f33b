from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ...lanes import LANES
from ...supervisor import Supervisor
from ...worker import INTERVAL, LaneWorker

GRACE = 60.0  # seconds


class Command(BaseCommand):
    """Run background tasks. Replaces the command of django-tasks-db, which runs no task again after a kill."""

    help = "Run background tasks: some processes for each lane, restarted when they die. SIGTERM stops all of them."

    def add_arguments(self, parser: CommandParser) -> None:
        names = [lane.name for lane in LANES]
        parser.add_argument(
            "--lanes", nargs="+", choices=names, default=names, help="only these lanes, as on a second machine"
        )
        parser.add_argument("--batch", action="store_true", help="run what is due in this process alone, then end")
        parser.add_argument("--interval", type=float, default=INTERVAL, help="seconds between two looks for work")
        parser.add_argument("--grace", type=float, default=GRACE, help="seconds to finish a task when told to stop")
        parser.add_argument("--reload", action="store_true", help="start again when code changes, for development")

    def handle(self, **options: Any) -> None:
        if options["batch"]:
            worker = LaneWorker(batch=True)
            worker.configure_signals()
            worker.run()
            worker.reset_signals()
            return
        lanes = [lane for lane in LANES if lane.name in options["lanes"]]
        Supervisor(lanes, interval=options["interval"], grace=options["grace"], reloads=options["reload"]).run()
