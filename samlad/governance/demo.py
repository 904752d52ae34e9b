"""The demonstration's governance: each part in the midst of its work. All of it is made up, and says so."""


def remember() -> None:
    """Make what is not there yet."""
