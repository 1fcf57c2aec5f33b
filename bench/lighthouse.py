"""Lighthouse, which rates a page as seen on a phone with a slow connection. It needs Node and Chromium."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.figures import Figure

PACKAGE = "lighthouse@12.8.2"  # the last version that runs with Node 20, which Debian has
TRIES = 3  # a browser on a busy machine may not start in time
# As in tests/browser/conftest.py.
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-dev-shm-usage"
SCORES = {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}
# By Lighthouse's name of the audit: a short name, the unit, Lighthouse's units in one of these, and the goal.
AUDITS = {
    "largest-contentful-paint": ("LCP", "s", 1000, 2.5),
    "cumulative-layout-shift": ("CLS", "", 1, 0),
    "total-byte-weight": ("weight", "KB", 1024, 100),
}


class Lighthouse:
    """Lighthouse, installed in a folder of its own."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(exist_ok=True)
        command = [
            "npm",
            "install",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefix",
            str(self.folder),
            PACKAGE,
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    @staticmethod
    def is_possible():
        return all(map(shutil.which, ("npm", "node", "chromium")))

    def judge(self, name, address):
        """Yield the figures of one page: four scores out of 100, and the audits behind them."""
        report = self.run(address)
        for category, goal in SCORES.items():
            score = 100 * (report["categories"][category]["score"] or 0)
            yield Figure(f"{name}: {category}", score, "of 100", goal, most=False)
        for audit, (words, unit, size, goal) in AUDITS.items():
            yield Figure(f"{name}: {words}", report["audits"][audit]["numericValue"] / size, unit, goal)
        requests = report["audits"]["network-requests"]["details"]["items"]
        yield Figure(f"{name}: requests", len(requests), "requests", 6)

    def run(self, address):
        """Return Lighthouse's report on one page with its settings for phones."""
        program = self.folder / "node_modules" / ".bin" / "lighthouse"
        options = ["--quiet", "--output=json", f"--only-categories={','.join(SCORES)}", f"--chrome-flags={FLAGS}"]
        environment = os.environ | {"CHROME_PATH": shutil.which("chromium")}
        command = [str(program), address, *options]
        for _ in range(TRIES):
            done = subprocess.run(command, capture_output=True, env=environment, timeout=300)
            if done.returncode == 0:
                return json.loads(done.stdout)
        sys.exit(f"Lighthouse did not judge {address}: {done.stderr.decode()[-1000:]}")
