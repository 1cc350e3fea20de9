"""The hash of a manifest in itself."""

import hashlib
import re

#: What stands there while the hash is taken.
UNSEALED = "0" * 64
_SEAL = re.compile(r'("sha256": ")[0-9a-f]{64}')


def sealed(text: str) -> str:
    """A manifest with the hash of itself, in place of the one it has: the first in it."""
    bare = _SEAL.sub(rf"\g<1>{UNSEALED}", text, count=1)
    seal = hashlib.sha256(bare.encode("utf-8")).hexdigest()
    return bare.replace(UNSEALED, seal, 1)
