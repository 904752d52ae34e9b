"""Keys of our own that are made once and kept beside the data, readable by the owner only."""

import os
from collections.abc import Callable

from django.conf import settings


def kept(name: str, make: Callable[[], str]) -> str:
    """What lies in the file of this name in SAMLAD_DATA; made and put there when there is none.

    Several machines have several data folders: there the operator gives the key in SAMLAD_CHANNELS.
    """
    file = settings.DATA / name
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return str(file.read_text())
    made = make()
    with os.fdopen(descriptor, "w") as out:
        out.write(made)
    return made
