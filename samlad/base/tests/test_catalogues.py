"""Reading, checking and compiling message catalogues, on a room made for the purpose."""

import gettext
from pathlib import Path

import pytest

from samlad.base import catalogues

HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
COMPLETE = """msgid "Send"
msgstr "Skicka"

msgctxt "verb"
msgid "Report"
msgstr "Rapportera"

msgid "%(count)s actor"
msgid_plural "%(count)s actors"
msgstr[0] "%(count)s aktör"
msgstr[1] "%(count)s aktörer"
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room with one text in its program and two in its template."""
    room = tmp_path / "samlad" / "kitchen"
    (room / "templates" / "kitchen").mkdir(parents=True)
    (room / "__init__.py").touch()
    (room / "forms.py").write_text('LABEL = _("Send")\n')
    (room / "templates" / "kitchen" / "page.html").write_text(
        '<p title="{% translate "Report" context "verb" %}">{% if a %}\n    {% else %}\n  {% endif %}\n'
        "{% blocktranslate trimmed count count=n %}\n {{ count }} actor{% plural %}\n {{ count }} actors\n"
        "{% endblocktranslate %}</p>"
    )
    monkeypatch.setattr(catalogues, "SAMLAD", tmp_path / "samlad")
    return room


def write(room: Path, text: str) -> Path:
    """Give the room this Swedish."""
    file = catalogues.catalogue_file(room)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEADER + text)
    return file


def test_finds_texts_in_program_and_templates(room: Path) -> None:
    assert set(catalogues.texts(room)) == {(None, "Send"), ("verb", "Report"), (None, "%(count)s actor")}


def test_a_complete_catalogue_has_no_faults(room: Path) -> None:
    write(room, COMPLETE)
    assert not list(catalogues.faults(room))


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ('msgid "Send"', 'msgid "Sent"', "'Send' is not in kitchen's catalogue"),
        ('msgstr "Skicka"', 'msgstr ""', "'Send' has no Swedish"),
        ('msgid "Send"', '#, fuzzy\nmsgid "Send"', "'Send' is marked as fuzzy"),
        ('msgid "Send"', 'msgid "Old"\nmsgstr "Gammal"\n\nmsgid "Send"', "'Old' is in the catalogue but nowhere"),
        ('msgid "Send"', '#~ msgid "Old"\n#~ msgstr "Gammal"\n\nmsgid "Send"', "'Old' is marked as obsolete"),
        ('"%(count)s aktörer"', '"%(antal)s aktörer"', "'%(count)s actor' has other placeholders"),
        ('"%(count)s aktörer"', '""', "'%(count)s actor' has no Swedish"),
    ],
)
def test_names_each_fault(room: Path, was: str, now: str, fault: str) -> None:
    write(room, COMPLETE.replace(was, now))
    assert any(fault in found for found in catalogues.faults(room))


def test_two_rooms_may_not_say_it_differently(room: Path) -> None:
    write(room, COMPLETE)
    other = room.parent / "hall"
    other.mkdir()
    (other / "__init__.py").touch()
    write(other, 'msgid "Send"\nmsgstr "Sänd"\n')
    assert len(list(catalogues.conflicts())) == 1


def test_extract_adds_what_is_new_and_takes_away_what_is_gone(room: Path) -> None:
    write(room, 'msgid "Send"\nmsgstr "Skicka"\n\nmsgid "Old"\nmsgstr "Gammal"\n')
    catalogues.extract()
    catalogue = catalogues.read(room)
    assert catalogue is not None
    assert {message.id for message in catalogue if message.id} == {
        "Send",
        "Report",
        ("%(count)s actor", "%(count)s actors"),
    }
    assert catalogue["Send"].string == "Skicka"


def test_compiles_once(room: Path) -> None:
    compiled = write(room, COMPLETE).with_suffix(".mo")
    catalogues.compile_all()
    first = compiled.stat().st_mtime_ns
    catalogues.compile_all()
    assert compiled.stat().st_mtime_ns == first
    with compiled.open("rb") as file:
        swedish = gettext.GNUTranslations(file)
    assert swedish.pgettext("verb", "Report") == "Rapportera"
    assert swedish.ngettext("%(count)s actor", "%(count)s actors", 2) == "%(count)s aktörer"
