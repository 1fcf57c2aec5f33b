"""Waiting for processes, which need a moment and say nothing when they are ready."""

import time

PATIENCE = 300  # seconds for one answer, far more than any machine needs
PAUSE, PAUSES = 0.05, 1_200  # seconds between two looks, and how many there are: a minute


def until(holds):
    """Return what `holds` returns once that is true; fail after a minute."""
    for _ in range(PAUSES):
        if found := holds():
            return found
        time.sleep(PAUSE)
    raise AssertionError(f"It did not come true: {holds}")
