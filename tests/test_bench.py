"""The bench's own arithmetic, and that it fills in forms as a browser does."""

from bench.browser import Form
from bench.figures import Figure, lines, markdown, number, quantile

PAGE = """<form><input name="seat" value="nacka"></form>
<form><input type="hidden" name="id" value="1"><input type="radio" name="status" value="green" checked>
<input type="radio" name="status" value="red"><textarea name="event">Sn&ouml;</textarea>
<select name="how"><option value="a">A<option value="b" selected>B</select><input type="submit" name="go"></form>"""


def test_quantiles_are_values_that_were_measured() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert [quantile(values, share) for share in (0.0, 0.5, 0.95, 0.99, 1.0)] == [1, 50, 95, 99, 100]
    assert quantile([7.0], 0.99) == 7
    assert [number(value) for value in (0.1234, 12.34, 1234.5)] == ["0.12", "12.3", "1 234"]


def test_a_form_is_sent_as_it_stands_but_for_what_was_typed() -> None:
    form = Form(PAGE, "status")
    assert form.fields == [("id", "1"), ("status", "green"), ("event", "Snö"), ("how", "b")]
    assert ("status", "black") in form.filled(status="black") and ("id", "1") in form.filled(status="black")


def test_what_could_not_be_measured_says_so() -> None:
    figure = Figure("burst", "ms", target="under 100 ms", note="the server did not start")
    assert "the server did not start" in "".join(lines(figure)) and "not measured" in markdown([figure])
    assert "MISSED" in Figure("burst", "ms", 120.0, target="under 100 ms", met=False).verdict
