"""Signatures of packs: Ed25519, in the format of minisign, so that either can check the other's.

What is signed is the manifest, which has the hash of every other file. The format is described at
https://jedisct1.github.io/minisign/.
"""

import base64
import binascii
import hashlib
import os
import secrets
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from esrdata.documents.own import CRATE, SIGNATURE
from esrdata.errors import UsageError
from esrdata.knowledge.error_words import unwritable
from esrdata.knowledge.wording import sentence
from esrdata.packs.hashes import ensure_pack
from esrdata.packs.noticed import Noticed
from esrdata.staging import put

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ALGORITHM, _PREHASHED, _CHECKSUM = b"Ed", b"ED", b"B2"
_ID, _KEY, _SIGNATURE = 8, 32, 64
# Algorithm, no password, checksum, and the salt and bounds that only a password needs.
_HEAD = _ALGORITHM + b"\0\0" + _CHECKSUM + bytes(_KEY + 2 * _ID)
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_LARGEST = 10_000


def new_key(file: str | PathLike[str]) -> tuple[Path, Path]:
    """Make a key: a secret file that only its owner may read, and a public one beside it.

    Parameters
    ----------
    file
        The secret file; the public one has ``.pub`` behind its name.

    Returns
    -------
    tuple of Path
        Both files.

    Raises
    ------
    UsageError
        If either is there already, or the extra ``sign`` is not installed.
    StoreError
        If the folder cannot be written.
    """
    made = _library().Ed25519PrivateKey.generate()
    secret = Path(file)
    public = secret.with_name(f"{secret.name}.pub")
    number = secrets.token_bytes(_ID)
    open_ = made.public_key().public_bytes_raw()
    both = made.private_bytes_raw() + open_
    checksum = hashlib.blake2b(_ALGORITHM + number + both, digest_size=_KEY).digest()
    name = number[::-1].hex().upper()
    texts = (
        (secret, 0o600, f"esrdata secret key {name}", _HEAD + number + both + checksum),
        (public, 0o644, f"esrdata public key {name}", _ALGORITHM + number + open_),
    )
    for path, _, _, _ in texts:
        if path.exists():
            raise UsageError(sentence("error.file_there", file=str(path)))
    begun: list[Path] = []
    try:
        for path, mode, comment, data in texts:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            begun.append(path)
            with os.fdopen(handle, "w", encoding="ascii", newline="\n") as opened:
                opened.write(f"{_UNTRUSTED}{comment}\n{_base64(data)}\n")
    except OSError as error:
        # Half a key is none, and would be in the way of the next.
        for path in begun:
            path.unlink(missing_ok=True)
        raise unwritable(secret.parent, error) from error
    return secret, public


def sign(pack: str | PathLike[str], key: str | PathLike[str]) -> Path:
    """Sign a pack, or a saved portfolio.

    Parameters
    ----------
    pack
        The folder.
    key
        A secret key without a password, of `new_key` or of ``minisign -G -W``.

    Returns
    -------
    Path
        The signature, ``ro-crate-metadata.json.minisig``; a former one is replaced.

    Raises
    ------
    UsageError
        If the folder has no manifest, the file is no such key, or the extra ``sign`` is not
        installed.
    StoreError
        If the folder cannot be written.
    """
    folder = Path(pack)
    ensure_pack(folder)
    number, secret = _secret(Path(key))
    signature = secret.sign(_digest(folder / CRATE))
    comment = f"file:{CRATE}\thashed"
    whole = secret.sign(signature + comment.encode("utf-8"))
    lines = (
        f"{_UNTRUSTED}signature of a pack of esrdata",
        _base64(_PREHASHED + number + signature),
        f"{_TRUSTED}{comment}",
        _base64(whole),
    )
    path = folder / SIGNATURE
    put(path, "".join(f"{line}\n" for line in lines).encode("utf-8"))
    return path


def checked(folder: Path, key: str | PathLike[str] | None) -> Iterator[Noticed]:
    """What there is to say of the signature of a pack; `key` is a public key's file or its line."""
    path = folder / SIGNATURE
    known = None if key is None else _public(key)
    if not os.path.lexists(path):
        yield Noticed("unsigned" if known is None else "signature_missing")
    elif known is None:
        yield Noticed("signature_unchecked")
    else:
        yield Noticed("signature_right" if _is_right(path, folder, known) else "signature_wrong")


class _Public(NamedTuple):
    number: bytes
    key: bytes


def _is_right(path: Path, folder: Path, known: _Public) -> bool:
    library = _library()
    from cryptography.exceptions import InvalidSignature

    if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
        return False
    try:
        _, line, comment, whole = path.read_text(encoding="utf-8").splitlines()
        data, of_all = _bytes(line), _bytes(whole)
    except (OSError, ValueError):
        return False
    head, number, signature = data[:2], data[2 : 2 + _ID], data[2 + _ID :]
    if head != _PREHASHED or number != known.number or not comment.startswith(_TRUSTED):
        return False
    trusted = comment.removeprefix(_TRUSTED).encode("utf-8")
    try:
        public = library.Ed25519PublicKey.from_public_bytes(known.key)
        public.verify(signature, _digest(folder / CRATE))
        public.verify(of_all, signature + trusted)
    except (InvalidSignature, ValueError):
        return False
    return True


def _secret(path: Path) -> "tuple[bytes, Ed25519PrivateKey]":
    """The number of a secret key, and the key."""
    library = _library()
    try:
        data = _bytes(_lines(path)[1])
    except (OSError, ValueError, IndexError):
        data = b""
    if len(data) != len(_HEAD) + _ID + 2 * _KEY + _KEY or data[:2] != _ALGORITHM:
        raise UsageError(sentence("error.no_secret_key", file=str(path)))
    if data[2:4] != b"\0\0":
        raise UsageError(sentence("error.key_with_password", file=str(path)))
    at = len(_HEAD) + _ID
    made = library.Ed25519PrivateKey.from_private_bytes(data[at : at + _KEY])
    return data[len(_HEAD) : at], made


def _public(key: str | PathLike[str]) -> _Public:
    text = os.fspath(key)
    try:
        data = _bytes(_lines(Path(text))[1] if Path(text).is_file() else text)
    except (OSError, ValueError, IndexError):
        data = b""
    if len(data) != 2 + _ID + _KEY or data[:2] != _ALGORITHM:
        raise UsageError(sentence("error.no_public_key", file=text))
    return _Public(data[2 : 2 + _ID], data[2 + _ID :])


def _lines(path: Path) -> list[str]:
    if path.stat().st_size > _LARGEST:
        raise ValueError("too large")
    return path.read_text(encoding="utf-8").splitlines()


def _bytes(line: str) -> bytes:
    try:
        return base64.b64decode(line.strip(), validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _digest(path: Path) -> bytes:
    return hashlib.blake2b(path.read_bytes()).digest()


def _library() -> Any:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ModuleNotFoundError:
        raise UsageError(sentence("error.no_sign")) from None
    return ed25519
