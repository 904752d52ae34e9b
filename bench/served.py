"""The real server, which files a report of its own when told: `python -m bench.served OPERATION`.

What is told back is the moment at which the append had returned, on the clock that all processes of a machine share.
"""

import os
import sys
import time
from typing import Any
from uuid import UUID

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "samlad.web.settings"
django.setup()

from bench.peers import listen, say  # noqa: E402  what follows needs Django
from bench.region import liaisons, report  # noqa: E402
from samlad.picture.actions import file_report  # noqa: E402
from samlad.web.management.commands.serve import collect_static_files  # noqa: E402
from samlad.web.server import serve  # noqa: E402
from tests.running import free_port  # noqa: E402


def main() -> None:
    """Serve as `samlad serve` does."""
    operation, people = UUID(sys.argv[1]), liaisons()

    def file(words: dict[str, Any]) -> None:
        number: int = words["report"]
        receipt = file_report(by=people[number % len(people)], operation=operation, report=report(number))
        say(at=time.monotonic_ns(), position=receipt.seq)

    collect_static_files()
    port = free_port()
    listen(file)
    say(port=port)
    serve("127.0.0.1", port, worker=True)


if __name__ == "__main__":
    main()
