"""A manifest read back: nothing in it is believed before it was looked at."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from esrdata.documents.own import CRATE
from esrdata.tables.crate.seal import UNSEALED, sealed
from esrdata.tables.origin import Origin, Source

#: No manifest of ours is so large; one of a national list is a hundredth of it.
LARGEST = 64 * 2**20
_LONGEST_NAME = 1_000
_CONTROL = frozenset(map(chr, (*range(32), 127)))
Entity = dict[str, Any]


class DamagedError(ValueError):
    """A manifest that is none of ours, or no longer one."""


def read(folder: Path) -> dict[str, Any]:
    """Read the manifest of a folder; every name in it is one of a file inside the folder.

    Returns
    -------
    dict
        `esrdata` (version), `base` (or None), `rows`, `files` (sha256 by name), `sizes`, `shelf`,
        `lazy`, `recognisers`, `title`, `lang`, `libraries`, `platform`, `settings`, `parts`,
        `reads` (`Origin` by name), `bare` (the names of its sources without the folder they
        share), and `whole`: whether it is as it was written. Sources whose folder is not written
        down have bare names in the `Origin`, too.

    Raises
    ------
    OSError
        If there is none, or it may not be read.
    DamagedError
        If it is none of ours; the text says in what.
    """
    path = folder / CRATE
    if path.is_symlink() or not path.is_file():
        raise DamagedError("no regular file")
    if path.stat().st_size > LARGEST:
        raise DamagedError("too large")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
        graph = json.loads(text)["@graph"]
        found = _manifest({_text(entity["@id"]): entity for entity in graph}, len(graph))
    except DamagedError:
        raise
    except RecursionError:
        raise DamagedError("nested too deep") from None
    except (AttributeError, KeyError, TypeError, ValueError, UnicodeError) as error:
        raise DamagedError(type(error).__name__) from None
    # Line ends are not what was written: git on Windows writes its own.
    plain = text.replace("\r\n", "\n")
    found["whole"] = sealed(plain) == plain
    return found


def _manifest(by_id: Mapping[str, Entity], n: int) -> dict[str, Any]:
    if len(by_id) != n:
        raise DamagedError("an entity twice")
    root, ours = by_id["./"], by_id["#esrdata"]
    files = [by_id[_id(one)] for one in root["hasPart"]]
    names = [inside(unquote(_text(one["@id"]))) for one in files]
    mentioned = [by_id[_id(one)] for one in root["mentions"]]
    sizes = dict(zip(names, (_size(one["contentSize"]) for one in files), strict=True))
    of_tables = [inside(_text(name)) for name in root["names"]]
    rows = {name: _count(by_id[f"{name}.parquet"]["rows"]) for name in of_tables}
    reads = [one for one in by_id.values() if one["@type"] == "CreateAction"]
    return {
        "esrdata": _text(ours["version"]),
        "platform": _text(ours.get("platform", "")),
        "libraries": {
            _text(by_id[_id(one)]["name"]): _text(by_id[_id(one)]["version"])
            for one in ours["softwareRequirements"]
        },
        "title": _text(root["name"]),
        "lang": _text(root.get("inLanguage", "")) or None,
        "base": _text(root.get("base", "")) or None,
        "lazy": root.get("lazy") is True,
        "recognisers": [_text(one) for one in root.get("recognisers", ())],
        "rows": rows,
        "files": dict(zip(names, (_sha256(one["sha256"]) for one in files), strict=True)),
        "sizes": sizes,
        "shelf": list(_shelf_read(by_id)),
        "settings": {
            _text(one["name"]): json.loads(one["value"])
            for one in mentioned
            if one["@type"] == "PropertyValue"
        },
        "parts": [_part(one) for one in mentioned if one["@type"] in ("Table", "ImageObject")],
        "reads": {_text(one["name"]): _origin(one, by_id) for one in reads},
        "bare": {_text(one["name"]): _bare(one, by_id) for one in reads},
    }


def inside(name: str) -> str:
    """A name of a file in the folder of a manifest; `DamagedError` for any that leads out of it."""
    parts = name.split("/")
    if not all(parts) or len(name) > _LONGEST_NAME or {".", ".."} & {*parts} or _CONTROL & {*name}:
        raise DamagedError("a name that leads out of the folder")
    return name


def _part(one: Entity) -> dict[str, Any]:
    return {
        "kind": "table" if one["@type"] == "Table" else "figure",
        "key": _text(one["key"]),
        "title": _text(one["name"]),
        "rows": _count(one["rows"]),
        "sha256": _sha256(one["sha256"]),
        "statistic": _text(one.get("statistic", "")) or None,
        "population": _text(one.get("population", "")) or None,
        "arguments": json.loads(one["arguments"]) if "arguments" in one else None,
        "files": [inside(unquote(_id(file))) for file in one.get("encoding", ())],
    }


def _shelf_read(by_id: Mapping[str, Entity]) -> Iterator[dict[str, Any]]:
    folders = {id_: one for id_, one in by_id.items() if one["@type"] == "Collection"}
    for id_, folder in folders.items():
        files = [one for one in by_id.values() if one.get("isPartOf") == {"@id": id_}]
        texts = {_text(one["name"]): _text(one["text"]) for one in files}
        yield {"folder": _text(folder["name"]), "files": texts}


def _bare(one: Entity, by_id: Mapping[str, Entity]) -> list[str]:
    return [inside(_text(by_id[_id(reference)]["name"])) for reference in one["object"]]


def _origin(one: Entity, by_id: Mapping[str, Entity]) -> Origin:
    place = one.get("base")
    sources = []
    for reference, name in zip(one["object"], _bare(one, by_id), strict=True):
        source = by_id[_id(reference)]
        size = _size(source["contentSize"]) if "contentSize" in source else None
        sha256 = _sha256(source["sha256"]) if "sha256" in source else None
        whole = name if place is None else PurePosixPath(_text(place), name).as_posix()
        sources.append(Source(whole, sha256, size))
    return Origin(
        tuple(sources),
        contacts=one["contacts"] is True,
        privacy=_text(one["privacy"]),
        limits={_text(k): _count(v) for k, v in json.loads(one.get("limits", "{}")).items()},
        steps=tuple(map(dict, json.loads(one.get("steps", "[]")))),
        batches=one.get("batches") is True,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise DamagedError("no text where one is due")
    return value


def _id(reference: Entity) -> str:
    return _text(reference["@id"])


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise DamagedError("no number where one is due")
    return value


def _size(value: object) -> int:
    text = _text(value)
    if not (text.isascii() and text.isdigit() and len(text) < len(str(2**63))):
        raise DamagedError("no size where one is due")
    return int(text)


def _sha256(value: object) -> str:
    text = _text(value)
    if len(text) != len(UNSEALED) or not set(text) <= set("0123456789abcdef"):
        raise DamagedError("no hash where one is due")
    return text
