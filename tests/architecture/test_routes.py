"""Every address asks who you are, or stands in tests/access.py with the reason why not."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access import OPEN


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every address of the program."""
    waiting: list[tuple[str, URLPattern | URLResolver]] = [("", entry) for entry in get_resolver().url_patterns]
    while waiting:
        prefix, entry = waiting.pop()
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            waiting.extend((address, inner) for inner in entry.url_patterns)
        else:
            yield address, entry


def test_addresses_without_sign_in_are_known() -> None:
    unknown = [
        address
        for address, route in routes()
        if not getattr(route.callback, "login_required", True) and route.name not in OPEN
    ]
    assert not unknown


def test_every_address_has_a_name_of_its_own() -> None:
    names = [route.name for _address, route in routes()]
    assert None not in names
    assert len(names) == len(set(names))
