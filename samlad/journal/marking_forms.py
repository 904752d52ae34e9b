"""The forms that a marking has, as expressions over `letters.flat` text. Pure; classified.py judges by them."""

import re
from typing import Final

from samlad.journal import stamps
from samlad.journal.stamps import CAVEAT, COPY, DATE, LAW, LEVEL, PAGE, SELF, STRONG, TICKED, WEAK

NO: Final = re.compile(r"\W*(?:nej|no|false|falskt|0)?\W*$", re.IGNORECASE)
FLAGS: Final = re.IGNORECASE | re.MULTILINE
LONGEST: Final = 300  # characters of a line that is looked at as a whole; a marking is short
# Nothing is looked at closer without one of these in it, in small letters.
NAMES: Final = (
    "hemlig", "secret", "konfiden", "confiden", "restri", "restrei", "hemmelig", "geheim", "salainen", "vertraulich",
    "tjenestebrug", "rajoitettu", "luottamuks", "dienstgebr", "h/", "h /", "-ue", "eu-", "bh", "kh",
)  # fmt: skip
HINTS: Final = (
    *NAMES, "klass", "classif", "(h", "(s", "(c", "(r)", "(k", "(ts", "[h", "[s", "[c", "[r]", "[k", "[ts", "msip",
    "derived", "[x", "☒", "☑", "✓", "✔", "✗", "✘",
)  # fmt: skip
TAGS: Final = re.compile(  # and a calendar's own word for who sees an event (RFC 5545)
    r"_|^CLASS:CONFIDENTIAL\r?$"
    r"|</?(?:b|i|u|p|em|strong|div|span|font|center|h[1-6]|t[drh]|table|br|li|ul|ol|body)\b[^<>\n]{0,80}>",
    FLAGS,
)
PADDING: Final = re.compile(r"(\W{12})\W{12,}(\W{12})")
BROKEN: Final = re.compile(
    r"(?<=^BEGRANSAT)\s*\n\s*(?=HEMLIG)|(?<=^KVALIFICERAT)\s*\n\s*(?=HEMLIG)|(?<=^TOP)\s*\n\s*(?=SECRET)", re.MULTILINE
)
CELL: Final = re.compile(r"\t+| {3,}|\s*\|\s*")
UNTICKED: Final = re.compile(r"\s*(?:[☐□▢◻]|\[\s*\]|\(\s*\))")
BULLET: Final = re.compile(r"^\s*(?:[-*+o]|\d{1,3}[.)]|[a-zA-Z][.)])\s+")
SEPARATED: Final = re.compile(r"\s*(?:[:.!]+|//|\s-+(?=\s)|[\])}>*|]+|[ \t]{2,}|\t)\s*(?P<text>\S.*)")
COMPANION: Final = (
    rf"(?:{LEVEL}|{LAW}|{CAVEAT}|{DATE}|{PAGE}|{COPY}|{stamps.SUBJECT}|{STRONG}|\(?(?:[kb]h|h/?[kb]h|h)\)?(?!\w))"
)
OWN: Final = re.compile(
    rf"\W*(?:(?:{PAGE}|{DATE}|{COPY})\W+){{0,3}}(?:(?:{stamps.BEFORE}|uk|us|nato|eu|swe|se)\b[\s:/-]*){{0,3}}"
    rf"(?P<value>{LEVEL})(?:[\s/,.:;()\[\]|*+-]*{COMPANION}){{0,12}}\W*",
    FLAGS,
)
SHORT_OWN: Final = re.compile(r"\W{1,20}([KB]H)\W{1,20}")
GLUE: Final = r"(?:\s*\([^)\n]{0,60}\))?[\"')\]*]*\s*(?:[:=>|]+|\s-+|\n|\t)[\s*\"'(\[]*"
LABELLED: Final = re.compile(rf"(?<![\w-])(?:{STRONG}){GLUE}(?P<value>{LEVEL})(?P<rest>[^\n]*)", FLAGS)
LABEL_SHORT: Final = re.compile(
    rf"(?<![\w-])(?P<label>{STRONG}){GLUE}(?P<value>H\s*/\s*[A-Z]{{1,2}}|[KB]H|C?TS|N[SCR]|[HKSCR])(?![\w/])"
    r"(?!\s*(?:,|eller|och|or|and)\b)(?!\s+[a-z]{2})",
    FLAGS,
)
LABELLED_WEAK: Final = re.compile(
    rf"^\W*(?:\w+\s+){{0,2}}{WEAK}[\"']*\s*(?:[:=>|]+|\t)\s*[\"'(\[]*(?P<value>{LEVEL})[\])\"'.]*\s*$", FLAGS
)
BARE_LABEL: Final = re.compile(rf"^\W*(?P<label>{STRONG})\s+(?P<value>{LEVEL})\W*(?:{LAW}|{DATE}|{PAGE})?\W*$", FLAGS)
LIST: Final = re.compile(
    rf"\s*(?:\([\w/]+\))?\s*(?:[,/]|(?:eller|och|or|and|resp\w*|alternativt|samt)\b|\?|-\s*{LEVEL})", re.IGNORECASE
)
START: Final = re.compile(rf"^[^\w\"'\n]{{0,20}}(?P<value>{LEVEL})(?P<rest>[^\n]*)", re.IGNORECASE)
LEGAL: Final = re.compile(
    rf"(?:^|[.!?:;|\t]\s+|\s-+\s+|\s{{2}})[\s*_\"'(\[-]*(?P<value>{LEVEL})[\s,:/()KBH-]*{LAW}(?P<rest>[^\n]*)", FLAGS
)
END: Final = re.compile(
    rf"(?P<gap>\s-+\s+|[ \t]{{2,}}|\s*[|/]{{1,3}}\s*|[.!?;]\s+|\s)(?P<value>{LEVEL})[\s|*-]*$", re.IGNORECASE
)
BRACKETED: Final = re.compile(rf"[\[({{<]+\s*(?P<value>{LEVEL})(?P<rest>[^\])}}>\n]{{0,60}})[\])}}>]+", re.IGNORECASE)
STARRED: Final = re.compile(rf"(?:\*\*|__|==|--|##)\s*(?P<value>{LEVEL})\s*(?:\*\*|__|==|--|##)", re.IGNORECASE)
CAVEATED: Final = re.compile(rf"(?<!\w)(?P<value>{LEVEL})\s*//\s*\w", re.IGNORECASE)
TICK: Final = re.compile(TICKED)
TICKS: Final = re.compile(
    rf"{TICKED}[ \t]*(?P<value>{LEVEL})|(?P<other>{LEVEL})[ \t:]*{TICKED}(?![ \t]*\w)", re.IGNORECASE
)
TICKED_SHORT: Final = re.compile(rf"{TICKED}[ \t]*(?P<value>[KB]H|H|K)(?![\w/])")
YES: Final = re.compile(
    rf"^\W*(?:sakerhetsskyddsklassificera\w+(?: \w+)?|(?P<value>{LEVEL}))\s*[:=?|\t]+\s*(?:ja|yes|x|true|sant)\W*$",
    FLAGS,
)
PORTION: Final = re.compile(
    r"^(?:\s*\d{1,3}[.)])?[\s*_-]*[(\[]\s*(?P<mark>H/[KB]H|H/[CRS]|[KB]H|TS|[HKSCR])"
    r"(?:\s*//[^)\]\n]{1,40})?\s*[)\]](?=[ \t]+[^\s=-])",
    re.MULTILINE,
)
LETTERED: Final = re.compile(r"^(?:\s*\d{1,3}[.)])?[\s*_-]*[(\[]\s*([A-ZÅÄÖ0-9]{1,2})\s*[)\]]", re.MULTILINE)
INSIDE: Final = re.compile(
    r"[(\[]\s*(?P<mark>(?:TS|S|C)\s*//\s*[A-Z][^)\]\n]{0,40}|H\s*/\s*(?:[KB]H|TS)|[KB]H)\s*[)\]](?P<rest>[^\n]*)"
)
HOLDS: Final = re.compile(
    rf"\b{SELF}(?P<between>(?:\s+\w+){{0,3}}?\s+(?:ar|innehaller|utgor|tillhor|har|bedoms|omfattas\s+av|klassas|klassificeras|is|are"
    r"|contains|has\s+been|holds)(?:\s+\w+){0,4}?)\s+(?:(?:i\s+)?(?:sakerhetsskyddsklass(?:en)?|klassen|klassad\s+som|klassificera[dt]"
    rf"(?:\s+som)?|classified(?:\s+as)?|marked|markt|stamplad|som)?\W*(?P<value>{LEVEL})"
    rf"|sakerhetsskyddsklassificera(?:de|d|t)\b|security[ -]classified)",
    re.IGNORECASE,
)
OF_ITSELF: Final = re.compile(
    rf"\b(?:dokumentets|handlingens|rapportens|bilagans|filens|meddelandets|textens)\s+\w*klass\w*\s+ar\s+(?P<value>{LEVEL})",
    re.I,
)
SAID: Final = re.compile(r"klass|classified|marked|markt|stamplad", re.IGNORECASE)
THING: Final = r"(?:handling|uppgift|information|bilaga|dokument)"
IN_CLASS: Final = r"\s+i\s+(?:sakerhetsskydds)?klass(?:en)?"
STATES: Final = re.compile(
    r"^\W*(?:(?:innehaller|contains)\s+(?:sakerhetsskyddsklassificera\w+|classified)(?:\s+\w+)?|hemligstampla[dt]"
    rf"|sakerhetsskyddsklassificera[dt](?:\s+{THING})?(?:(?:{IN_CLASS})?\W+{LEVEL})?|{THING}{IN_CLASS}\s+{LEVEL})\W*$",
    FLAGS,
)
STATES_CAPITALS: Final = re.compile(
    r"^\W*(?:SAKERHETSSKYDDSKLASSIFICERADE? \w+|CLASSIFIED(?: \w+)?"
    r"|HEMLIGA? (?:UPPGIFT(?:ER)?|INFORMATION|HANDLINGAR))\W*$",
    re.MULTILINE,
)
CLASS_SHORT: Final = re.compile(
    r"^\W*(?:(?:klass|class|marking|markning|markering|stampel|sekretess)\s*[:=]|sakerhetsskyddskl(?:ass)?\.?:?)\s*"
    r"(?P<value>H\s*/\s*[A-Z]{1,2}|[KB]H)\W*$",
    FLAGS,
)
DECLASSIFY: Final = re.compile(r"^\W*(?:declassify\s+on|classified\s+by|derived\s+from)\s*:\s*\S", FLAGS)
HEADING: Final = re.compile(rf"(?<![\w:/-])(?:{PAGE}|{DATE}|{COPY})(?!\w)", re.IGNORECASE)
