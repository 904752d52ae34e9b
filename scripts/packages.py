"""Debian packages this project can use, installed only by root and only when something is missing."""

import os
import subprocess
import sys
from shutil import which


def stop(sentence: str) -> None:
    """End the program with one sentence a person can act on."""
    sys.exit(f"samlad: {sentence}")


def install(*packages: str, what: str) -> None:
    """Install Debian packages as root; anyone else, and any other system, is told in one sentence what is missing."""
    command = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if which("apt-get") is None:
        stop(f"{what} is missing; please install it and run this again.")
    if os.geteuid() != 0:
        stop(f"{what} is missing; please run '{command}' as root and then this again.")
    print(f"samlad: {what} is missing, installing {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "-q", "update"], [*command.split(), "-q", "-y"]):
        ended = subprocess.run(step, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, check=False)  # fmt: skip
        if ended.returncode:
            print(ended.stdout[-2000:], file=sys.stderr)
            stop(f"{what} is missing and '{' '.join(step)}' failed.")
