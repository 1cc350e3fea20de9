"""Sources that are no files of this machine: addresses that `fsspec` opens, such as s3 and zip."""

import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from esrdata.errors import SourceError, UsageError
from esrdata.guard import Failure, attempt
from esrdata.knowledge.wording import sentence
from esrdata.limits import limits

# One letter before a colon is a drive of Windows.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_MAGIC = re.compile(r"[*?\[]")
_CHUNK = 2**20
# What is raised for an address that nobody knows or nothing stands at.
_USUAL = (OSError, ValueError, KeyError)
#: Between an archive's part and the archive: `zip://page.html::s3://bucket/pages.zip`.
_WITHIN = "::"


def is_address(source: str) -> bool:
    """Whether a source is an address, such as `s3://bucket/folder`, and no path."""
    return _ADDRESS.match(source) is not None


def addresses(source: str) -> Iterator[str]:
    """Files behind an address: itself, those of a folder, or those that a pattern fits.

    In alphabetical order, without hidden ones. Addresses are as `fsspec` takes them, chained ones
    too. Raises `SourceError` if nothing is there, or it cannot be reached; `UsageError` if what
    opens such addresses is not installed.
    """
    try:
        listed = attempt(lambda: _listed(source), passing=(ImportError, *_USUAL))
    except ImportError as error:
        raise UsageError(sentence("error.address_needs", address=source, why=str(error))) from error
    except _USUAL as error:
        raise SourceError(_unreached(source, error.args[-1] if error.args else "")) from error
    if isinstance(listed, Failure):
        # What else may go wrong on the way to a place, libraries know that are not ours.
        raise SourceError(_unreached(source, listed.raw.partition(" ")[0]))
    system, found = listed
    if not found:
        raise SourceError(sentence("error.no_source", source=source))
    scheme, (_, within, holder) = source.partition("://")[0], source.partition(_WITHIN)
    for name in sorted(found):
        if any(part.startswith(".") for part in name.split("/")):
            continue
        inside = f"{scheme}://{name.lstrip('/')}{within}{holder}"
        yield inside if within else system.unstrip_protocol(name)


def _unreached(source: str, why: object) -> str:
    return sentence("error.address", address=source, why=str(why))


def _listed(source: str) -> tuple[Any, list[str]]:
    system, path = _library().core.url_to_fs(source)
    if _MAGIC.search(path):
        return system, [name for name in system.glob(path) if system.isfile(name)]
    if system.isdir(path):
        return system, system.find(path)
    return system, [path] if system.exists(path) else []


def address_bytes(source: str) -> bytes:
    """The bytes behind an address.

    Raises `OSError` if they cannot be had; `LimitError` if there are more than the limit allows.
    """
    allowed = limits()
    pieces, size = [], 0
    try:
        with _library().open(source, "rb") as file:
            while piece := file.read(_CHUNK):
                pieces.append(piece)
                size += len(piece)
                allowed.check("file_size", size)
    except (ImportError, KeyError, ValueError) as error:
        raise OSError(None, str(error)) from error
    return b"".join(pieces)


def _library() -> ModuleType:
    import fsspec

    library: ModuleType = fsspec
    return library
