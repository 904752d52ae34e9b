"""The words of security classification, as expressions over `letters.flat` text. Pure; the forms are in classified.py.

Classes of säkerhetsskyddslagen (2018:585) 2 kap. 5 §, those used before it, and what other states and organisations
mark with. Sekretess by itself (OSL) is not among them: it is marked in Samlad's own way.
"""

import re
from typing import Final

# By class: what it is called where. Swedish; English, EU and NATO; other languages only where nothing else is meant.
LEVELS: Final = {
    "top secret": (
        r"kval(?:ificera[td]|\.)?[ -]*hemligt?",
        r"(?:hemlig\s*/\s*|cosmic[ -]+|nato[ -]+|focal[ -]+|uk[ -]+)?top[ -]*secret(?:[ -]+atomal)?",
        r"tres[ -]+secret(?:[ -]+(?:ue|defense))?(?:\s*/\s*eu[ -]+top[ -]+secret)?",
        r"eu[ -]+top[ -]+secret|strengt[ -]+hemmelig|yderst[ -]+hemmeligt|erittain[ -]+salainen|streng[ -]+geheim",
        r"h\s*/\s*ts|h\s*/\s*kh|ts-ue(?:/eu-ts)?|eu-ts",
    ),
    "secret": (
        r"hemlig\s*/\s*secret|hemligt?",
        r"(?:nato|eu|uk|us|defen[cs]e)[ -]+secret|secret[ -]+ue(?:\s*/\s*eu[ -]+secret)?|secret(?:[ -]+defense)?",
        r"hemmeligt?|salainen|geheim",
        r"h\s*/\s*s|s-ue(?:/eu-s)?|eu-s",
    ),
    "confidential": (
        r"konfidentiellt?|konfidensielt",
        r"(?:hemlig\s*/\s*|nato(?:/eapc|/pfp)?[ -]+|eu[ -]+|uk[ -]+)?confidential",
        r"confidentiel[ -]+(?:ue|defense)(?:\s*/\s*eu[ -]+confidential)?|vs-vertraulich|luottamuksellinen",
        r"h\s*/\s*c|c-ue(?:/eu-c)?|eu-c",
    ),
    "restricted": (
        r"begr(?:ansa[td]|\.)?[ -]*hemligt?",
        r"(?:hemlig\s*/\s*|nato(?:/eapc|/pfp)?[ -]+|eu[ -]+|uk[ -]+)?restricted",
        r"restreint[ -]+ue(?:\s*/\s*eu[ -]+restricted)?|vs[ -]+-?[ -]*nur[ -]+fur[ -]+den[ -]+dienstgebrauch",
        r"diffusion[ -]+restreinte|kaytto[ -]+rajoitettu|til[ -]+tjenestebrug",
        r"h\s*/\s*bh|h\s*/\s*r|r-ue(?:/eu-r)?|eu-r",
    ),
}
# The longest first, so that "hemlig/restricted" is not read as "hemlig".
ORDER: Final = ("top secret", "restricted", "confidential", "secret")
LEVEL: Final = "(?:" + "|".join(one for level in ORDER for one in LEVELS[level]) + r")(?![\w])"
# Written so they mean something else in running text; in capitals, alone, they are markings.
ONLY_CAPITALS: Final = re.compile(
    r"h\s*/.*|.*-(?:ue|eu)\b.*|eu-\w+|hemmelig.*|salainen|geheim|luottamuks.*|vs-.*|til .*|kaytto.*|diffusion.*", re.I
)
SHORT: Final = {"kh": "top secret", "ts": "top secret", "cts": "top secret", "h": "secret", "s": "secret",
                "ns": "secret", "k": "confidential", "c": "confidential", "nc": "confidential",
                "bh": "restricted", "r": "restricted", "nr": "restricted"}  # fmt: skip

DATE: Final = r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[ .]\w{3,9}[ .]?\d{4}|(?:19|20)\d{2}(?:-\d{2})?|\d{6,8}(?:-\d{4})?)"
PAGE: Final = (
    r"(?:(?:sida|sid|s|page|blad|p)\.?\s*)?\d{1,4}(?:\s*\(\s*\d{1,4}\s*\)|\s*(?:av|of|/)\s*\d{1,4})"
    r"|(?:sida|sid|page|blad)\.?\s*\d{1,4}"
)
COPY: Final = (
    r"(?:ex(?:emplar)?|copy|utgava|version|bilaga|dnr|diarienr|beteckning|nr|no)\b[.:]*\s*[\w:./-]*\d[\w:./-]*"
)
# What a legal ground is written with: "15 kap. 2 § offentlighets- och sekretesslagen (2009:400)".
LAW_WORD: Final = (
    r"(?:\d+(?:\s*[a-z](?![\w]))?|§+|kap(?:itlet)?|st(?:ycket)?|p(?:unkten)?|och|samt|i|av|om|den|gamla|tidigare|osl|sekrl"
    r"|skl|sakl|sakerhetsskydds(?:lagen|lag|forordningen|forordning)|offentlighets-?|sekretess(?:lagen|lag)"
    r"|sekretess|forsvarssekretess|utrikessekretess|lagen|forordningen|rikets|sveriges|sakerhet|rorande|pmfs|ffs"
    r"|\(?\d{4}:\d+\)?|forsta|andra|tredje)"
)
LAW: Final = (
    r"(?:enligt|enl\.?|jml\.?|jamlikt|med\s+stod\s+av|jfr)\s+"
    r"(?=[^\n]{0,60}(?:\bkap|§|osl|sekrl|sekretesslag|skyddslag|skyddsf|pmfs|offentlighets))"
    rf"{LAW_WORD}(?:[\s.,;:\-()]+{LAW_WORD})*[\s.)]*"
)
CAVEAT: Final = (
    r"(?:no\s?forn|orcon|propin|relido|eyes\s+only|atomal|cryp?to|bohemia|comint|humint|"
    r"rel(?:easable)?(?:\s+to)?\s+[\w ,]+|far\s+(?:ej|inte)\s+\w+[\w ]{0,40}|"
    r"(?:when|once|if)\s+(?:filled\s+in|completed|detached|separated)[\w ]{0,40}|"
    r"nar\s+(?:den|det|bilagan)\s+\w+[\w ]{0,30}|(?:si|tk|hcs|nf|fgi|fouo|exdis|nodis|limdis|us|uk|swe|se)(?![\w]))"
)
SUBJECT: Final = r"(?:handling(?:en)?|allman\s+handling|dokument(?:et)?|document|bilaga|stampel)"
BEFORE: Final = (
    r"(?:ovning|exercise|strikt|strictly|mycket|sekretess|klass|class|classified|security|sakerhetsskydds?klass(?:en)?)"
)

STRONG: Final = (
    r"(?:sakerhetsskydds?-?\s?klass(?:ning|ificering|ifikation|en|ad|at)?"
    r"|sakerhetsskyddsklassificera(?:d|t|de)"
    r"|(?:informations?|info|information|handlings|dokument|uppgifts?)-?(?:sakerhets?)?-?klass(?:ning|ificering|en)?"
    r"|(?:sekretess|hemlig|skydds|sakerhets|sakerhetsskydds)-?(?:klass(?:ning|ificering|en)?|grad|niva|beteckning)"
    r"|(?:data)?klassning|klassificering|klassifikation|klassat|klassad"
    r"|(?:security|overall|document|information|national)?\s*classification(?:\s+(?:level|marking|of\s+this\s+\w+))?"
    r"|classified(?:\s+as)?|protective\s+marking|security\s+(?:class|label|level|marking|caveat)"
    r"|sensitivity(?:\s+label)?|msip[ _]?label\S*|x-classification|sio?-?label)"
)
WEAK: Final = (
    r"(?:klass|class|niva|level|sekretess(?:niva|markering)?|secrecy|markering|markning|marking|stampel|skydd|status)"
)
TICKED: Final = r"(?:[☒☑✓✔✗✘🗹🗷]|\[\s*[xX*]\s*\]|\(\s*[xX]\s*\))"
BOX: Final = r"(?:[☐☒☑□▢◻✓✔✗✘🗹🗷]|\[\s*[xX*]?\s*\]|\(\s*[xX]?\s*\))"

# A document says of itself what it is, or holds.
SELF: Final = (
    r"(?:(?:denna|detta|den\s+har|det\s+har|this|the\s+(?:present|attached|following)|bifogad[et]?|foljande|hela)\s+"
    r"(?:\w+\s+){0,2}?\w*(?:handling|dokument|bilaga|rapport|meddelande|lagesbild|text|fil|bild|uppgift|information|skrivelse"
    r"|document|message|report|annex|file|page|e-?mail|attachment|text|information)\w*|innehallet|texten)\b"
)
NEGATED: Final = re.compile(
    r"\b(?:inte|ej|icke|aldrig|ingen|inga|inget|utan|not|no|never|none|without|ovrigt|om|ifall|huruvida|if|whether)\b",
    re.I,
)
# Words that speak of a marking instead of marking: what stands after them is a name, not a stamp.
MENTION: Final = re.compile(
    r"(?:\b(?:ar|var|blir|blev|som|med|inte|ej|icke|ordet|orden|termen|begreppet|beteckningen|stampeln?|stampel|markt[ae]?|markerad[e]?"
    r"|stamplad[e]?|stamplat|markas|markera|klassad[e]?|klassas|klassade|klassen|klasserna|niva|nivan|nivaerna|for|eller|och|av|till|fran|pa|i"
    r"|the|an|a|as|word|term|is|are|was|were|marked|stamped|and|or|of|to|not|than|an|lagst|hogst|minst|over|under|filmen|boken|serien"
    r"|motsvarar|motsvara|lika\s+med|heter|kallas|kallad|titeln|tidigare|numera|even|level|class|avsnittet|skiva|skivan|laten|sangen|bandet))\W*$",
    re.I,
)
# What a class is for, in a glossary.
MEANS: Final = re.compile(
    r"\b(?:skada|roja\w*|innebar|betyder|definier\w*|motsvarar|uppgift(?:er)?\s+(?:som|vars|dar)|vars|damage|means|disclosure)\b",
    re.I,
)
# A glossary or a rule about the class, not something in it.
DEFINES: Final = re.compile(
    r"\b(?:skada|roj\w*|innebar|betyder|definier\w*|motsvarar|kravs|krav|ska|skall|far|bor|kan|hanter\w*|forvar\w*|lagra\w*|galler"
    r"|uppgift(?:er)?\s+(?:som|vars|dar)|vars|damage|means|must|shall|may|should|could|disclosure|information\s+(?:whose|that|which))\b",
    re.I,
)
