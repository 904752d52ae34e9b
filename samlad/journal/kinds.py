"""The kinds of entries there are. Each is registered once, at start, and answers four questions or there is no start.

What it holds (the payload's type and its docstring), how it is shown (a template), who may see it, what is shredded
and when. A kind's name and version are ours and are stored; a Python path never is.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Any, get_origin

import msgspec

NAME = re.compile(r"(?=.{1,60}$)[a-z]+\.[a-z]+(_[a-z]+)*")

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time in a payload. Always with its offset: two that can't be compared would stop every fold that meets them."""


class KindError(Exception):
    """A kind is unknown, undocumented, or registered twice: a fault in the program, found at start."""


class Kind(msgspec.Struct, frozen=True):
    """One version of one kind of entry."""

    payload: type[msgspec.Struct]
    name: str
    shown: str
    seen_by: str
    shreds: str
    version: int = 1
    after_close: bool = False
    texts: tuple[str, ...] = ()  # the fields that are blanked where an entry is marked; without any it can't be marked
    whole: str = ""  # the template of all that an entry says, where `shown` is only how it begins

    def covered(self, payload: Any) -> Any:
        """What lists, folds and streams have of a marked entry's payload: everything but its texts."""
        return msgspec.structs.replace(payload, **{name: type(getattr(payload, name))() for name in self.texts})

    def check(self) -> None:
        """Raises KindError where one of the four questions has no answer."""
        if not NAME.fullmatch(self.name):
            raise KindError(f"{self.name!r} is not a name like room.word_done")
        documented = (self.payload.__doc__ or "").strip()
        if not documented or documented.startswith(f"{self.payload.__name__}("):
            raise KindError(f"{self.name}: the payload {self.payload.__name__} has no docstring")
        if not self.payload.__struct_config__.frozen:
            raise KindError(f"{self.name}: the payload {self.payload.__name__} is not frozen")
        moments = _types(msgspec.inspect.type_info(self.payload), set())
        if any(isinstance(type, msgspec.inspect.DateTimeType) and not type.tz for type in moments):
            raise KindError(f"{self.name}: a moment may lack its time zone; use samlad.journal.kinds.Moment")
        types = {field.name: field.type for field in msgspec.structs.fields(self.payload)}
        if strange := [name for name in self.texts if not _is_text(types.get(name))]:
            raise KindError(f"{self.name}: {strange} are no texts or lists of its payload, and can't be blanked")
        for question in ("shown", "seen_by", "shreds"):
            if not getattr(self, question).strip():
                raise KindError(f"{self.name}: {question} is not answered")


_by_name: dict[tuple[str, int], Kind] = {}
_by_payload: dict[type[msgspec.Struct], Kind] = {}
_decoders: dict[tuple[str, int], msgspec.json.Decoder[msgspec.Struct]] = {}


def register(kinds: Iterable[Kind]) -> None:
    """Make kinds known. Registering the very same kind again is harmless; anything else twice raises KindError."""
    for kind in kinds:
        kind.check()
        key = (kind.name, kind.version)
        if _by_name.get(key, kind) != kind or _by_payload.get(kind.payload, kind) != kind:
            raise KindError(f"{kind.name} version {kind.version} is registered twice")
        _by_name[key] = kind
        _by_payload[kind.payload] = kind
        _decoders[key] = msgspec.json.Decoder(kind.payload)


def registered() -> list[Kind]:
    """All kinds, by name and version."""
    return [_by_name[key] for key in sorted(_by_name)]


def of(payload: msgspec.Struct) -> Kind:
    """The kind whose payload this is. Raises KindError when nobody registered it."""
    try:
        return _by_payload[type(payload)]
    except KeyError:
        raise KindError(f"{type(payload).__name__} belongs to no registered kind") from None


def get(name: str, version: int) -> Kind:
    """A kind by name and version. Raises KindError when it is unknown."""
    try:
        return _by_name[name, version]
    except KeyError:
        raise KindError(f"unknown kind {name} version {version}") from None


def _is_text(type: Any) -> bool:
    return type is str or get_origin(type) is tuple


def check_readable(kind: Kind, text: bytes) -> None:
    """Raises KindError for a canonical payload that would be stored but never read again: a wrong type in a field,
    which msgspec checks only when it reads. One such entry would close the whole operation to everybody."""
    try:
        _decoders[kind.name, kind.version].decode(text)
    except msgspec.ValidationError as error:
        raise KindError(f"{kind.name}: the payload is not what it says it is: {error}") from None


def _types(found: msgspec.inspect.Type, met: set[type]) -> Iterator[msgspec.inspect.Type]:
    """A type and all types within it."""
    yield found
    if isinstance(found, msgspec.inspect.StructType):
        if found.cls in met:
            return
        met.add(found.cls)
    for value in msgspec.structs.astuple(found):
        for part in value if isinstance(value, tuple) else (value,):
            within = getattr(part, "type", part)  # a field, or a type with constraints, has its type there
            if isinstance(within, msgspec.inspect.Type):
                yield from _types(within, met)


def decode(name: str, version: int, text: str | bytes) -> msgspec.Struct:
    """A stored payload as its struct. Raises KindError for an unknown kind, msgspec.ValidationError for a bad text."""
    try:
        decoder = _decoders[name, version]
    except KeyError:
        raise KindError(f"unknown kind {name} version {version}") from None
    return decoder.decode(text)
