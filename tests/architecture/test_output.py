"""What leaves the program as markup or as a sheet: escaped by templates, and never a formula."""

import re

from tests.architecture.tree import SAMLAD, modules, shown, templates

SAFE = re.compile(r"\|\s*safe\b|{%\s*autoescape off")
MARKED = re.compile(r"\b(?:mark_safe|SafeString|SafeText)\(")
HARMLESS = re.compile(r'SafeString\(""\)')
REASON = re.compile(r"#\s*noqa: S308\s+\S+")
# Files that hold HTML made by our own templates, which escape, or are no HTML.
RENDERED = {
    "samlad/web/templates/web/front/page.html": "the live regions, rendered by the same function as their stream",
    "samlad/web/templates/web/wall_operation.html": "the same regions",
    "samlad/web/templates/web/wall_calling.html": "the regions of the calling board",
    "samlad/activation/templates/activation/calling/page.html": "the regions of its stream",
    "samlad/accounts/templates/accounts/codes.html": "the drawing of a QR code, made by a library",
}
OWN = [path for path in modules() if SAMLAD in path.parents and "tests" not in path.parts]


def test_templates_escape_all_but_what_templates_made() -> None:
    pages = [path for path in templates() if path.suffix != ".txt" and SAFE.search(path.read_text())]
    assert {shown(path) for path in pages} <= RENDERED.keys()


def test_letters_that_are_not_escaped_are_no_html() -> None:
    letters = [path for path in templates() if path.suffix == ".txt" and SAFE.search(path.read_text())]
    assert not [shown(path) for path in letters if re.search(r"<(?:html|body|p|a|div)\b", path.read_text())]


def test_whatever_is_taken_for_markup_says_why() -> None:
    silent = [
        f"{shown(path)}: {line.strip()}"
        for path in OWN
        for line in path.read_text().splitlines()
        if MARKED.search(line) and not HARMLESS.search(line) and not REASON.search(line)
    ]
    assert not silent


def test_sheets_are_made_in_one_place() -> None:
    makers = re.compile(r"^\s*(?:import|from) (?:csv|openpyxl|xlsxwriter|odf|pandas|tablib)\b", re.MULTILINE)
    readers = {  # these only read
        "samlad/governance/money/tables.py",
        "samlad/learning/readers/tables.py",
        "samlad/registers/roster_csv.py",
    }
    allowed = {"samlad/base/sheets.py", *readers}
    assert {shown(path) for path in OWN if makers.search(path.read_text())} <= allowed


def test_whoever_answers_with_a_sheet_uses_that_place() -> None:
    answers = re.compile(r"content_type=[^\n]*(?:text/csv|spreadsheet)")
    without = [path for path in OWN if answers.search(text := path.read_text()) and "samlad.base.sheets" not in text]
    assert not [shown(path) for path in without]


def test_xml_from_outside_is_read_without_entities() -> None:
    plain = re.compile(r"^\s*(?:import|from) (?:xml\.(?:etree|dom|sax)|lxml)\b", re.MULTILINE)
    found = {shown(path): path.read_text() for path in OWN if plain.search(path.read_text())}
    # Types and errors of the standard library's are no reading.
    reading = re.compile(r"\b(?:etree|ElementTree|minidom|sax)\.(?:parse|fromstring|XML|iterparse)\(|XMLParser\(")
    assert not [name for name, text in found.items() if "defusedxml" not in text or reading.search(text)]
