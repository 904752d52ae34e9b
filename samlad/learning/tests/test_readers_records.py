"""JSON and JSON Lines: records of any make."""

import json

from samlad.learning.readers import records
from samlad.learning.told import Fault, Told


def read(value: object) -> list[Told | Fault]:
    return list(records.read("fil.json", value if isinstance(value, str) else json.dumps(value)))


def test_a_record_with_time_name_and_text_is_a_report() -> None:
    (told,) = read(
        [
            {
                "Published": "2023-03-06T12:04:12+01:00",
                "sender": "Exempelverket",
                "headline": "Storm",
                "body": "Det blåser.",
            }
        ]
    )
    assert isinstance(told, Told)
    assert (told.actor, told.title, told.texts) == ("Exempelverket", "Storm", {"event": "Det blåser."})
    assert told.at.isoformat() == "2023-03-06T12:04:12+01:00"


def test_what_a_record_lacks_is_taken_from_around_it() -> None:
    value = {
        "alerts": [
            {"sent": "2024-05-01T10:00:00Z", "info": [{"senderName": "Radion", "description": "Rök.", "area": []}]}
        ]
    }
    (told,) = read(value)
    assert isinstance(told, Told)
    assert (told.actor, told.texts["event"]) == ("Radion", "Rök.")


def test_a_nested_name_counts() -> None:
    (told,) = read(
        {"datetime": "2024-01-01 7:13:10 +01:00", "location": {"name": "Solna", "gps": "1,2"}, "summary": "Brand."}
    )
    assert isinstance(told, Told)
    assert told.actor == "Solna"


def test_a_broken_line_is_refused_and_the_rest_goes_on() -> None:
    good = json.dumps({"date": "2024-01-01", "actor": "A-verket", "text": "Lugnt."})
    found = read(f"{good}\n{{broken\n\n[1, 2]\n{good}\n")
    assert [(one.line, type(one)) for one in found] == [(1, Told), (2, Fault), (4, Fault), (5, Told)]


def test_a_text_alone_is_read_as_prose() -> None:
    text = "Regional lägesbild 2024-05-02 kl 17:00\n\nLugnt.\n\nResursbehov\n\nInga."
    (told,) = read({"kind": "x", "url": "https://www.lansstyrelsen.se/uppsala/a.html", "text": text})
    assert isinstance(told, Told)
    assert (told.actor, told.texts["needs"]) == ("Länsstyrelsen Uppsala", "Inga.")


def test_markup_of_web_pages_is_taken_away() -> None:
    (told,) = read(
        {"date": "2024-01-01", "actor": "A-verket", "text": "<p>Ett&nbsp;två</p><p>tre &amp; <b>fyra</b></p>"}
    )
    assert isinstance(told, Told)
    assert told.texts["event"] == "Ett\xa0två\ntre & fyra"


def test_hostile_documents_are_one_sentence_each() -> None:
    for text in (
        "[" * 100_000,
        '{"a":' * 50_000,
        "{",
        "[1,2",
        '["=cmd|calc!A0", null, 1e400]',
        '{"date": "2024-01-01"}',
    ):
        found = read(text)
        assert found
        assert all(isinstance(one, Fault) for one in found)
