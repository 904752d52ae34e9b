"""What is open to all, for data portals: a small catalogue in the words of DCAT-AP-SE, as JSON-LD."""

from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samlad.governance.open_data.files import FORMATS
from samlad.governance.open_data.queries import changed_at, open_sets
from samlad.governance.open_data.sets import DataSet
from samlad.registers.queries import parties, today

CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TITLE: Final = _("Governance of the collaboration")
ABOUT: Final = _("What the actors of the region have agreed on, decided and pay for their joint crisis management.")


def catalogue() -> dict[str, Any]:
    """The catalogue of what is open now."""
    publisher = next((one.name for one in parties(today()) if one.convening), "")
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": settings.SAMLAD_URL + reverse("open_catalogue"),
        "@type": "dcat:Catalog",
        "dcterms:title": in_both(TITLE),
        "dcterms:description": in_both(ABOUT),
        "dcat:dataset": [described(one) for one in open_sets()],
    }
    if publisher:
        made["dcterms:publisher"] = {"@type": "foaf:Agent", "foaf:name": publisher}
    return made | licence()


def described(one: DataSet) -> dict[str, Any]:
    """One set with its files."""
    return {
        "@id": f"{settings.SAMLAD_URL}{reverse('open_catalogue')}#{one.name}",
        "@type": "dcat:Dataset",
        "dcterms:identifier": one.name,
        "dcterms:title": in_both(one.title),
        "dcterms:description": in_both(one.about),
        "dcterms:modified": {"@type": "xsd:dateTime", "@value": changed_at(one, None).isoformat()},
        "dcat:distribution": [distribution(one, format_) for format_ in FORMATS],
    }


def distribution(one: DataSet, format_: str) -> dict[str, Any]:
    """One file of a set."""
    address = settings.SAMLAD_URL + reverse(f"open_{format_}", args=[one.name])
    media = FORMATS[format_].split(";")[0]
    made = {
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{media}"},
    }
    return made | licence()


def licence() -> dict[str, Any]:
    """The licence that the operator has stated: its address, or its words; nothing where none is."""
    if settings.OPEN_DATA_LICENCE_URL:
        return {"dcterms:license": {"@id": settings.OPEN_DATA_LICENCE_URL}}
    return {"dcterms:license": settings.OPEN_DATA_LICENCE} if settings.OPEN_DATA_LICENCE else {}


def in_both(text: str | Promise) -> list[dict[str, str]]:
    """A text in Swedish and in English."""
    found = []
    for language in ("sv", "en"):
        with translation.override(language):
            found.append({"@language": language, "@value": str(text)})
    return found
