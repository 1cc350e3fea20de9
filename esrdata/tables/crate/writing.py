"""A manifest as the entities of an RO-Crate."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from esrdata.documents.own import CRATE
from esrdata.tables.crate.seal import UNSEALED, sealed
from esrdata.tables.origin import Origin, shortened

#: What we write besides tables: files, and folders of files. Nothing else of a folder is ours.
FILES = (
    "report.html", "report.docx", "cards.docx", "report.xlsx", "explorer.html", "traces.csv",
    "traces.parquet",
)  # fmt: skip
FOLDERS = ("figures", "evidence")

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


def write(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest of a folder in which the files that it names are.

    It has `esrdata`, `base`, `rows`, `files` (hashes by name) and whatever else `read` gives.
    """
    graph = list(_entities(folder, manifest))
    text = json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"
    (folder / CRATE).write_text(sealed(text), encoding="utf-8", newline="\n")


def _entities(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Entity]:
    yield {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "sha256": UNSEALED,
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
