"""The `samlad` command: Django's management commands under the program's own name."""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

from samlad.web.checks import exposed


def main() -> None:
    """Run `samlad COMMAND ...`; the demo has settings and a database of its own.

    What is written is readable by its owner only. `check` looks at what serving demands when others can reach it.
    """
    os.umask(0o077)
    if sys.argv[1:2] == ["demo"]:
        os.environ["SAMLAD_DEMO"] = "1"
        os.environ.setdefault("SAMLAD_DATA", "var/demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samlad.web.settings")
    settings.DATA.mkdir(parents=True, exist_ok=True)
    arguments = [*sys.argv, "--deploy"] if sys.argv[1:2] == ["check"] and exposed() else sys.argv
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main()
