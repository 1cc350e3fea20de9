"""The manifest of a folder that esrdata wrote, as an RO-Crate (version 1.1).

One file says what was read, with what, how, and what each file, table and figure is. It is written
last, has no clock and no place of a machine in it, and holds its own hash: of its bytes with that
hash as zeros, so that whatever is changed in it is noticed.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from esrdata.documents.own import CRATE
from esrdata.tables.origin import Origin, Source, shortened

#: What we write besides tables: files, and folders of files. Nothing else of a folder is ours.
FILES = (
    "report.html", "report.docx", "cards.docx", "report.xlsx", "explorer.html", "traces.csv",
    "traces.parquet",
)  # fmt: skip
FOLDERS = ("figures", "evidence")

#: No manifest of ours is so large; one of a national list is a hundredth of it.
LARGEST = 64 * 2**20
_LONGEST_NAME = 1_000
_CONTROL = frozenset(map(chr, (*range(32), 127)))
_UNSEALED = "0" * 64
_SEAL = re.compile(r'("sha256": ")[0-9a-f]{64}')
_TERMS = (
    "arguments", "base", "batches", "column", "contacts", "key", "lazy", "limits", "names",
    "platform", "population", "privacy", "recognisers", "rows", "statistic", "steps",
)  # fmt: skip
_CONTEXT = [
    "https://w3id.org/ro/crate/1.1/context",
    {"sha256": "https://schema.org/sha256", **{name: f"urn:esrdata:{name}" for name in _TERMS}},
]
_FORMATS = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".log": "text/plain",
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Entity = dict[str, Any]


class DamagedError(ValueError):
    """A manifest that is none of ours, or no longer one."""


# ---- writing


def write(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest of a folder.

    Parameters
    ----------
    folder
        Where to; the files that the manifest names are there.
    manifest
        `esrdata`, `base`, `rows`, `files` (hashes by name) and whatever else `read` gives.
    """
    graph = list(_entities(folder, manifest))
    text = json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"
    (folder / CRATE).write_text(sealed(text), encoding="utf-8", newline="\n")


def sealed(text: str) -> str:
    """A manifest with the hash of itself, in place of the one it has: the first in it."""
    bare = _SEAL.sub(rf"\g<1>{_UNSEALED}", text, count=1)
    seal = hashlib.sha256(bare.encode("utf-8")).hexdigest()
    return bare.replace(_UNSEALED, seal, 1)


def _entities(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Entity]:
    yield {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "sha256": _UNSEALED,
    }
    files = [_file(folder, name, sha, manifest) for name, sha in manifest["files"].items()]
    parts = list(_parts(manifest.get("parts", ())))
    settings = [
        _value(f"#setting/{quote(name)}", name, value)
        for name, value in manifest.get("settings", {}).items()
    ]
    shelf = list(_shelf(manifest.get("shelf", ())))
    reads = manifest.get("reads", {})
    actions = [part for name, read in reads.items() for part in _read(name, read)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": manifest.get("title") or "Tables of project descriptions",
        "description": "Tables, figures and documents that esrdata made of the sources named here.",
        "license": {"@id": "#rights"},
        "hasPart": _refer(files),
        "names": [*manifest["rows"]],
        "mentions": _refer([*parts, *settings, *shelf, *actions[:1]]),
    }
    for name, own in (("inLanguage", "lang"), ("datePublished", "day"), ("base", "base")):
        if manifest.get(own) is not None:
            root[name] = manifest[own]
    for name in ("lazy", "recognisers"):
        if manifest.get(name):
            root[name] = manifest[name]
    yield root
    yield {
        "@id": "#rights",
        "@type": "CreativeWork",
        "name": "No licence is stated",
        "description": "The rights in the sources are their authors'; esrdata states no licence.",
    }
    yield from files
    yield from parts
    yield from settings
    yield from shelf
    yield from actions
    yield from _software(manifest)


def _refer(entities: Sequence[Entity]) -> list[Entity]:
    return [{"@id": one["@id"]} for one in entities]


def _file(folder: Path, name: str, sha256: str, manifest: Mapping[str, Any]) -> Entity:
    made: Entity = {
        "@id": quote(name),
        "@type": "File",
        "encodingFormat": _FORMATS[PurePosixPath(name).suffix],
        "contentSize": str((folder / name).stat().st_size),
        "sha256": sha256,
    }
    table, _, kind = name.partition(".")
    if kind == "parquet" and table in manifest["rows"]:
        made["rows"] = manifest["rows"][table]
    return made


def _parts(parts: Sequence[Mapping[str, Any]]) -> Iterator[Entity]:
    for part in parts:
        of_a_table = part["kind"] == "table"
        made: Entity = {
            "@id": f"#{part['kind']}/{quote(part['key'])}",
            "@type": "Table" if of_a_table else "ImageObject",
            "name": part["title"],
            "key": part["key"],
            "rows": part["rows"],
            "sha256": part["sha256"],
        }
        for name in ("statistic", "population"):
            if part.get(name) is not None:
                made[name] = part[name]
        if part.get("arguments") is not None:
            made["arguments"] = _json(part["arguments"])
        if part.get("files"):
            made["encoding"] = [{"@id": quote(name)} for name in part["files"]]
        yield made


def _value(id_: str, name: str, value: object) -> Entity:
    return {"@id": id_, "@type": "PropertyValue", "name": name, "value": _json(value)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _shelf(folders: Sequence[Mapping[str, Any]]) -> Iterator[Entity]:
    for number, folder in enumerate(folders, start=1):
        for place, text in folder["files"].items():
            yield {
                "@id": f"#shelf/{number}/{quote(place)}",
                "@type": "CreativeWork",
                "name": place,
                "isPartOf": {"@id": f"#shelf/{number}"},
                "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
                "text": text,
            }
        yield {"@id": f"#shelf/{number}", "@type": "Collection", "name": folder["folder"]}


def _read(name: str, origin: Origin) -> Iterator[Entity]:
    """How sources were read, and they themselves by names that say nothing of the machine."""
    place, names = shortened(source.name for source in origin.sources)
    sources = []
    for number, (own, source) in enumerate(zip(names, origin.sources, strict=True), start=1):
        made: Entity = {
            "@id": f"#source/{quote(name)}/{number}",
            "@type": "DigitalDocument",
            "name": own,
        }
        if source.size is not None:
            made["contentSize"] = str(source.size)
        if source.sha256 is not None:
            made["sha256"] = source.sha256
        sources.append(made)
    action: Entity = {
        "@id": f"#read/{quote(name)}",
        "@type": "CreateAction",
        "name": name,
        "instrument": {"@id": "#esrdata"},
        "object": _refer(sources),
        "result": {"@id": "./"},
        "contacts": origin.contacts,
        "privacy": origin.privacy,
    }
    if place is not None:
        action["base"] = place
    if origin.batches:
        action["batches"] = True
    if origin.limits:
        action["limits"] = _json(origin.limits)
    if origin.steps:
        action["steps"] = _json(origin.steps)
    yield action
    yield from sources


def _software(manifest: Mapping[str, Any]) -> Iterator[Entity]:
    libraries = [
        {
            "@id": f"#library/{name}",
            "@type": "SoftwareApplication",
            "name": name,
            "version": version,
        }
        for name, version in manifest.get("libraries", {}).items()
    ]
    made: Entity = {
        "@id": "#esrdata",
        "@type": "SoftwareApplication",
        "name": "esrdata",
        "version": manifest["esrdata"],
        "softwareRequirements": _refer(libraries),
    }
    if manifest.get("platform"):
        made["platform"] = manifest["platform"]
    yield made
    yield from libraries


# ---- reading


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
    found["whole"] = sealed(text) == text
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
    if len(text) != len(_UNSEALED) or not set(text) <= set("0123456789abcdef"):
        raise DamagedError("no hash where one is due")
    return text
