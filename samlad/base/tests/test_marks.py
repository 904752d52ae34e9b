"""Marks: always a shape, a word and a colour's class, in the reader's language."""

import pytest
from django.template import Context, Template
from django.utils.translation import override


def show(tag: str, language: str = "sv") -> str:
    with override(language):
        return Template("{% load marks %}" + tag).render(Context())


@pytest.mark.parametrize(
    ("status", "swedish", "english", "shape"),
    [
        ("'green'", "Grön", "Green", "<circle"),
        ("'yellow'", "Gul", "Yellow", '<path d="M8 1.6 15'),
        ("'red'", "Röd", "Red", "<rect"),
        ("'black'", "Svart", "Black", '<path d="M8 .8 15'),
        ("'unstated'", "Utan status", "No status given", "M5 8h6"),
        ("None", "Ej rapporterat", "Not reported", "stroke-dasharray"),
        ("'lilac'", "Ej rapporterat", "Not reported", "stroke-dasharray"),
    ],
)
def test_a_status_has_shape_word_and_class(status: str, swedish: str, english: str, shape: str) -> None:
    mark = show("{% status_mark " + status + " %}")
    assert shape in mark
    assert f'<span class="word">{swedish}</span>' in mark
    assert english in show("{% status_mark " + status + " %}", "en")
    assert "style=" not in mark


def test_the_shapes_differ() -> None:
    marks = {
        show("{% status_mark '" + status + "' %}").split("</svg>")[0].split(">", 2)[2]
        for status in ("green", "yellow", "red", "black", "")
    }
    assert len(marks) == 5


def test_a_quiet_mark_keeps_its_word_for_screen_readers() -> None:
    assert '<span class="visually-hidden">Röd</span>' in show("{% status_mark 'red' quiet=True %}")


def test_in_short() -> None:
    assert "Tyst" in show("{% status_mark None short=True %}")
    assert "Silent" in show("{% status_mark None short=True %}", "en")
    assert "Gul" in show("{% status_mark 'yellow' short=True %}")
    assert "Oklart</span>" in show("{% affected_mark 'unclear' short=True %}")


@pytest.mark.parametrize(
    ("affected", "word"), [("yes", "Berörd"), ("no", "Ej berörd"), ("unclear", "Oklart om berörd")]
)
def test_affected(affected: str, word: str) -> None:
    mark = show("{% affected_mark '" + affected + "' %}")
    assert f">{word}</span>" in mark
    assert f"affected-{affected}" in mark


def test_no_answer_has_no_affected_mark() -> None:
    assert show("{% affected_mark None %}") == ""


@pytest.mark.parametrize(("reached", "word"), [("True", "Nådd"), ("False", "Ej nådd"), ("None", "Ej larmad")])
def test_reached(reached: str, word: str) -> None:
    assert f">{word}</span>" in show("{% reached_mark " + reached + " %}")


@pytest.mark.parametrize(
    ("name", "divided"),
    [
        ("Sundbyberg", "Sund-by-berg"),
        ("Vallentuna", "Vallen-tuna"),
        ("Upplands-Bro", "Upp-lands-Bro"),
        ("Upplands Väsby", "Upp-lands Väsby"),
        ("Huddinge", "Hud-dinge"),
        ("Haninge", "Han-inge"),
        ("Nykvarn", "Ny-kvarn"),
        ("Täby", "Täby"),
        ("Berg", "Berg"),
    ],
)
def test_place_names_are_divided_between_their_elements(name: str, divided: str) -> None:
    with_signs = Template("{% load marks %}{{ name|soft }}").render(Context({"name": name}))
    assert with_signs.replace("\u00ad", "-") == divided


def test_a_name_stays_escaped() -> None:
    assert "<b>" not in Template("{% load marks %}{{ name|soft }}").render(Context({"name": "<b>holm"}))
