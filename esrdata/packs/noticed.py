"""What is noticed of a pack, and what it comes to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from esrdata.knowledge.formats import number
from esrdata.knowledge.wording import word

#: What of a kind is listed one by one; the rest is counted, and is in the JSON.
LISTED = 20
#: What is worth knowing and alters nothing.
NOTES = frozenset(
    {
        "unsigned", "signature_right", "signature_unchecked", "source_moved", "not_recomputed",
        "not_compared", "not_compared_dress", "compared_by_content", "other_version",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Noticed:
    """One thing that was noticed of a pack.

    Attributes
    ----------
    kind
        Its name, a key under ``verify.says`` in `words.yml`.
    values
        What its sentence has in braces; `file`, `other`, `part`, `detail` and the like.
    """

    kind: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def alters(self) -> bool:
        """Whether the pack is no longer what it says."""
        return self.kind not in NOTES

    def sentence(self, lang: str = "en") -> str:
        """What was noticed, in a language."""
        values = {
            name: word(f"verify.{name}.{value}", lang) if name in _WORDS else value
            for name, value in self.values.items()
        }
        return word(f"verify.says.{self.kind}", lang, **values)


# Values that are keys of words themselves.
_WORDS = frozenset({"why", "sort"})


@dataclass(frozen=True)
class Verification:
    """What `esrdata.verify` found of a pack.

    Attributes
    ----------
    pack
        The name of the folder.
    made_with
        The version of esrdata that the manifest names.
    noticed
        Everything that was noticed, alterations first.
    same
        How many `files`, `sources`, `tables` and `figures` are the same; what was not looked at is
        not there.
    """

    pack: str
    made_with: str | None
    noticed: Sequence[Noticed]
    same: Mapping[str, int]

    @property
    def unaltered(self) -> bool:
        """Whether nothing was noticed that alters the pack."""
        return not any(one.alters for one in self.noticed)

    def text(self, lang: str = "en") -> str:
        """The result in sentences, a line each.

        Parameters
        ----------
        lang
            fi, sv or en.
        """
        return "\n".join(self._lines(lang))

    def __str__(self) -> str:
        return self.text()

    def _lines(self, lang: str) -> Iterator[str]:
        n = sum(one.alters for one in self.noticed)
        if n:
            yield word("verify.altered", lang, pack=self.pack, n=number(n, lang))
        else:
            yield word("verify.unaltered", lang, pack=self.pack)
        same = [
            word(f"verify.same.{name}", lang, n=number(count, lang))
            for name, count in self.same.items()
        ]
        if same:
            yield word("verify.same.all", lang, parts="; ".join(same))
        listed: Counter[str] = Counter()
        total = Counter(one.kind for one in self.noticed)
        for one in self.noticed:
            listed[one.kind] += 1
            if listed[one.kind] <= LISTED:
                yield f"- {one.sentence(lang)}"
            elif listed[one.kind] == total[one.kind]:
                yield "- " + word("verify.more", lang, n=number(total[one.kind] - LISTED, lang))

    def as_json(self, lang: str = "en") -> dict[str, object]:
        """The result as JSON has it.

        Parameters
        ----------
        lang
            Language of the sentences.

        Returns
        -------
        dict
            `pack`, `made_with`, `unaltered`, `same`, and `noticed`: `kind`, `alters`, `sentence`
            and the values of each.
        """
        return {
            "pack": self.pack,
            "made_with": self.made_with,
            "unaltered": self.unaltered,
            "same": dict(self.same),
            "noticed": [
                {
                    "kind": one.kind,
                    "alters": one.alters,
                    "sentence": one.sentence(lang),
                    **one.values,
                }
                for one in self.noticed
            ],
        }
