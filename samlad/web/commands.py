"""The `samlad` command: Django's management commands under the program's own name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run `samlad COMMAND ...`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samlad.web.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
