"""No text outside the catalogues: what a template says, it says through `translate`."""

import ast
import re

from tests.architecture.tree import SAMLAD, modules, shown, templates

TRANSLATED = re.compile(
    r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}|{%\s*comment.*?{%\s*endcomment\s*%}", re.DOTALL
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
CLASSES = re.compile(r"{% block \w+_class %}.*?{% endblock %}")
UNSEEN = re.compile(r"<(style|script)\b.*?</\1>|<!--.*?-->|<!DOCTYPE[^>]*>", re.DOTALL | re.IGNORECASE)
SPOKEN = re.compile(r"""\b(?:title|alt|placeholder|aria-label|aria-description)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
ELEMENT = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# Names, codes and units that are the same in every language.
SAME = {"Samlad", "TiB", "RSK", "ISO", "JSON", "PDF", "UTC", "kB", "min"}


def spoken(template: str) -> set[str]:
    """The words a reader sees or hears that no catalogue knows of."""
    text = TRANSLATED.sub(" ", CLASSES.sub(" ", template))
    text = UNSEEN.sub(" ", TAGS.sub(" ", text))
    text = re.sub(r"&\w+;", " ", text)
    attributes = " ".join(first or second for first, second in SPOKEN.findall(text))
    return set(WORD.findall(ELEMENT.sub(" ", text) + " " + attributes)) - SAME


def test_templates_say_nothing_untranslated() -> None:
    # The gallery of components names template tags, for those who build pages.
    pages = [path for path in templates() if path.suffix == ".html" and path.name != "gallery.html"]
    found = {shown(path): words for path in pages if (words := spoken(path.read_text()))}
    assert not found


def test_the_check_finds_what_it_should() -> None:
    assert spoken("<p title='Hej'>{% translate 'x' %} Välkommen {{ name }}</p>") == {"Hej", "Välkommen"}
    assert not spoken("<p class='status red'>{% blocktranslate %}Hello {{ x }}{% endblocktranslate %} 12 – 3</p>")


def test_no_text_hides_from_the_catalogues_inside_an_f_string() -> None:
    """What extracts texts does not look there."""
    names = {"_", "gettext", "ngettext", "pgettext", "npgettext", "gettext_lazy", "pgettext_lazy", "ngettext_lazy"}
    hidden = [
        f"{shown(path)}:{call.lineno} {ast.unparse(call)}"
        for path in modules()
        if SAMLAD in path.parents and "tests" not in path.parts
        for string in ast.walk(ast.parse(path.read_text()))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names
    ]
    assert not hidden
