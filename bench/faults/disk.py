"""A disk of its own for the data of the portal, small enough to be filled."""

import contextlib
import os
import subprocess

SIZE = 160  # megabytes


@contextlib.contextmanager
def small_disk(folder):
    """Mount a file system of SIZE megabytes at a folder, if this process may."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=0700", "tmpfs", str(folder)]
    is_mounted = os.getuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        yield
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
