"""The `samlad` command: Django's management commands under the program's own name."""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line


def main() -> None:
    """Run `samlad COMMAND ...`; the demo has settings and a database of its own."""
    if sys.argv[1:2] == ["demo"]:
        os.environ["SAMLAD_DEMO"] = "1"
        os.environ.setdefault("SAMLAD_DATA", "var/demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samlad.web.settings")
    settings.DATA.mkdir(parents=True, exist_ok=True)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
