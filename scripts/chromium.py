"""The browser of the journeys: the machine's own Chromium, installed from Debian when we are root."""

import os
from shutil import which

from scripts.packages import install, stop

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium on this machine: SAMLAD_CHROMIUM, or the first on PATH."""
    return os.environ.get("SAMLAD_CHROMIUM") or next(filter(None, map(which, NAMES)), None)


def need() -> str:
    """The path of a Chromium, installed if need be. Ends the program with one sentence where there can't be one."""
    if find() is None:
        install("chromium", what="Chromium (for the browser journeys)")
    return find() or stop("Chromium was installed but is not on PATH; set SAMLAD_CHROMIUM to it.")
