"""The whole test suite: on SQLite, the same on a real PostgreSQL, then the journeys in a real browser.

Arguments go to pytest. All three run even when one fails; the end says which did.
"""

import os
import signal
import subprocess
import sys
from types import FrameType

from scripts.chromium import need
from scripts.postgres import cluster


def pytest(title: str, *arguments: str, **environment: str) -> bool:
    """Run pytest with its own environment; True when all went well."""
    print(f"\n== {title}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", *arguments, *sys.argv[1:]]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdin=subprocess.DEVNULL)
    try:
        code = process.wait()
    except BaseException:
        process.send_signal(signal.SIGINT)  # lets fixtures stop the servers they started
        process.wait(60)
        raise
    # "No test collected" is fine only for whoever picked tests by hand.
    return code == 0 or (code == pytest_found_none and len(sys.argv) > 1)


pytest_found_none = 5


def main() -> None:
    """See the module's docstring."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    # A script in the background inherits a deaf ear for it, and so would pytest.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    browser = need()
    went_well = {"SQLite": pytest("SQLite", "-m", "not journey", SAMLAD_DATABASE="sqlite")}
    with cluster() as address:
        went_well["PostgreSQL"] = pytest("PostgreSQL", "-m", "not journey", SAMLAD_DATABASE=address)
    went_well["journeys"] = pytest(
        "Journeys", "-m", "journey", "tests", SAMLAD_DATABASE="sqlite", SAMLAD_CHROMIUM=browser
    )
    failed = [name for name, well in went_well.items() if not well]
    sys.exit(f"\nfailed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
