"""The demonstration's governance: each part in the midst of its work. All of it is made up, and says so."""

from samlad.governance.lent import demo as lent


def remember() -> None:
    """Make what is not there yet."""
    lent.remember()
