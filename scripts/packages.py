"""Debian packages this project can use, installed only by root and only when something is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from shutil import which
from typing import NoReturn


def stop(sentence: str) -> NoReturn:
    """End the program with one sentence a person can act on."""
    sys.exit(f"samlad: {sentence}")


def installed(*packages: str, what: str) -> bool:
    """Try to install Debian packages as root; False, with apt's own words printed, when that can't be done."""
    if os.geteuid() != 0 or which("apt-get") is None:
        return False
    print(f"samlad: {what} is missing, installing {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        ended = subprocess.run(
            ["apt-get", "-q", *step],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if ended.returncode:
            print(ended.stdout[-2000:], file=sys.stderr)
            return False
    return True


def install(*packages: str, what: str) -> None:
    """Install Debian packages, or end with one sentence that says what is missing and what to do."""
    if not installed(*packages, what=what):
        command = f"apt-get install --no-install-recommends {' '.join(packages)}"
        stop(f"{what} is missing; run '{command}' as root and then this again.")
