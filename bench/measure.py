"""One measure in a process of its own: `python -m bench.measure NAME`, its figures as JSON on stdout.

SAMLAD_DATA and SAMLAD_DATABASE say which installation it works on.
"""

import importlib
import os
import signal
import sys
from types import FrameType

import django
import msgspec


def main() -> None:
    """Set Django up first: the measures import the program."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    os.environ["DJANGO_SETTINGS_MODULE"] = "samlad.web.settings"
    django.setup()
    module = importlib.import_module(f"bench.{MODULES.get(sys.argv[1], sys.argv[1])}")
    sys.stdout.write(msgspec.json.encode(list(module.measure())).decode())


MODULES = {"fold": "folding", "list": "listing", "front": "front_page"}

if __name__ == "__main__":
    main()
