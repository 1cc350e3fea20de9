"""The forms that Finnish and Swedish give to a person's name, as one pattern."""

import re

_VOWELS = "aeiouyäöåé"
# Weak grades of the consonants before the last vowel, the longest first (Heikki, Heikin).
_GRADES = {
    "kk": ("k",), "pp": ("p",), "tt": ("t",), "nk": ("ng",), "mp": ("mm",), "nt": ("nn",),
    "lt": ("ll",), "rt": ("rr",), "lk": ("l", "lj"), "rk": ("r", "rj"), "hk": ("h",),
    "k": ("", "v", "j"), "p": ("v",), "t": ("d",),
}  # fmt: skip
# The other way round: names in -s and -e are weak in the basic form (Kangas, Kankaan).
_STRONG = {
    "ng": "nk", "mm": "mp", "nn": "nt", "ll": "lt", "rr": "rt", "k": "kk", "p": "pp", "t": "tt",
    "v": "p", "d": "t",
}  # fmt: skip
_CASES = (
    r"n|t|ten|t?t?[aä]|s[st][aä]|l[lt][aä]|lle|n[aä]|ksi|tse|s|[aeiouyäöå]n|h[aeiouyäöå]n|s(?:ee|ii)n"
    r"|i(?:lle|st[aä]|ss[aä]|ll[aä]|lt[aä]|t[aä]|den|tten|en|n|ksi)|jen|j[aä]"
)
_OWNERS, _CLITICS = "ni|si|ns[aä]|mme|nne", "kin|k[aä][aä]n|k[oö]|h[aä]n|p[aä]"
#: What may stand behind a stem.
END = rf":?(?:{_CASES})?(?:{_OWNERS})?(?:{_CLITICS})?"


def stems(name: str) -> list[str]:
    """What the forms of a name (in lower case) begin with, the name itself first."""
    if name.endswith("nen") and len(name) > 4:
        return [name, name[:-3] + "se", name[:-3] + "si", name[:-3] + "s"]
    found = [name]
    if name[-1] in _VOWELS:
        found += [weak + name[-1] for weak in _graded(name[:-1])]
        if name[-1] == "i":
            # Old names change their vowel: Järvi, Järven; Lahti, Lahden.
            found += [stem + "e" for stem in (name[:-1], *_graded(name[:-1]))]
            if name.endswith("si"):
                # Rautavesi, Rautaveden, Rautavettä.
                found += [name[:-2] + end for end in ("de", "te", "t")]
        elif name[-1] == "e":
            found += [stem + "ee" for stem in (name[:-1], *_graded(name[:-1], strong=True))]
    elif name[-1] == "s" and len(name) > 3:
        bare, vowel = name[:-1], name[-2]
        found += [bare + "kse", bare + "ksi", bare + "de", bare + "te", bare + "h"]
        roots = (name[:-2], *_graded(name[:-2], strong=True))
        # Foreign names keep theirs: Hans, Hansia.
        found += [*(root + vowel * 2 for root in roots), name + "i"]
    else:
        found += [name + "i", name + "e"]
    return list(dict.fromkeys(found))


def _graded(root: str, *, strong: bool = False) -> list[str]:
    """A root with the consonants at its end in their other grade."""
    for size in (2, 1):
        end = root[-size:]
        if strong and end in _STRONG:
            return [root[:-size] + _STRONG[end]]
        if not strong and end in _GRADES:
            return [root[:-size] + weak for weak in _GRADES[end]]
    return []


def forms(name: str) -> str:
    """A pattern of every form of a name in lower case."""
    return rf"(?:{'|'.join(map(re.escape, sorted(stems(name), key=len, reverse=True)))})(?:{END})"


def beginning(name: str) -> str:
    """What every form of a name begins with."""
    first, *others = stems(name)
    same = (len(first) if other.startswith(first) else shared(first, other) for other in others)
    return first[: min(same, default=len(first))]


def shared(a: str, b: str) -> int:
    """How many signs two words have in common at their beginnings."""
    apart = (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y)
    return next(apart, min(len(a), len(b)))
