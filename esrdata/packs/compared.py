"""A pack held against the same one made once more: which values differ, and why they may."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.formats import is_missing
from esrdata.knowledge.wording import quoted
from esrdata.packs.noticed import Noticed
from esrdata.packs.texts import text_of
from esrdata.tables import crate
from esrdata.tables.cells import plain
from esrdata.tables.stored import sha256

#: Files whose bytes are the values: they are held against each other whatever the versions are.
_VALUES = (".csv", ".parquet")


class Compared:
    """A pack beside the same one made once more.

    `sources_changed` says that a source is another than it was, `dressed` that the theme and the
    template it was made with were at hand.
    """

    def __init__(
        self,
        pack: Path,
        manifest: Mapping[str, Any],
        again: Path,
        *,
        sources_changed: bool,
        dressed: bool,
    ) -> None:
        self._pack, self._manifest, self._again = pack, manifest, again
        self._new = crate.read(again)
        self.same_version = manifest["esrdata"] == self._new["esrdata"]
        names = ("libraries", "platform")
        self._same_bytes = (
            self.same_version and dressed and all(manifest[n] == self._new[n] for n in names)
        )
        self._cause = "source" if sources_changed else "hand" if self.same_version else "method"
        #: How many of each are the same.
        self.same = {"tables": 0, "figures": 0, "remade": 0}

    def noticed(self, wrong: set[str]) -> Iterator[Noticed]:
        """What differs; files that are known to be altered are left out."""
        yield from self._parts()
        yield from self._files(wrong)

    def _differs(self, part: str, place: str = "", was: str = "", now: str = "") -> Noticed:
        values = {"part": part, "place": place, "was": was, "now": now}
        if self._cause == "method":
            values |= {"before": self._manifest["esrdata"], "after": self._new["esrdata"]}
        return Noticed(f"remade_{self._cause}", values)

    # ---- the tables and figures of a report

    def _parts(self) -> Iterator[Noticed]:
        """Tables and figures by the hashes of their values."""
        old, new = (
            {(part["kind"], part["key"]): part for part in manifest["parts"]}
            for manifest in (self._manifest, self._new)
        )
        for key, part in old.items():
            again = new.get(key)
            if again is None:
                yield self._differs(part["title"], now="–", was=str(part["rows"]))
                continue
            kept = ("sha256", "rows", "statistic", "arguments", "population", "title")
            differing = [name for name in kept if part[name] != again[name]]
            if differing:
                name = differing[0]
                yield self._differs(part["title"], name, _short(part[name]), _short(again[name]))
            else:
                self.same[f"{part['kind']}s"] += 1
        for key in new.keys() - old.keys():
            yield self._differs(new[key]["title"], was="–", now=str(new[key]["rows"]))

    # ---- files

    def _files(self, wrong: set[str]) -> Iterator[Noticed]:
        old, new = self._manifest["files"], self._new["files"]
        not_compared, by_content, differing = [], [], set()
        # A CSV file that differs as its Parquet file does is no second finding.
        for name in sorted(old, key=lambda one: (not one.endswith(".parquet"), one)):
            if name in wrong:
                continue
            if name not in new:
                yield self._differs(name, was=name, now="–")
                continue
            if sha256(self._pack / name) == new[name]:
                self.same["remade"] += 1
                continue
            difference = self._difference(name)
            if difference is not None and name.removesuffix(".csv") in differing:
                continue
            if difference is not None:
                differing.add(name.removesuffix(".parquet"))
                yield self._differs(name, *difference)
            elif self._same_bytes:
                # Nothing that is read of it differs, and yet it is another file.
                yield self._differs(name, "bytes", sha256(self._pack / name)[:12], new[name][:12])
            elif self._comparable(name):
                by_content.append(name)
            else:
                not_compared.append(name)
        for name in new.keys() - old.keys():
            yield self._differs(name, was="–", now=name)
        libraries = ", ".join(self._libraries()) or "–"
        for kind, names in (("compared_by_content", by_content), ("not_compared", not_compared)):
            if names:
                values = {"n": str(len(names)), "names": ", ".join(names[:3])}
                yield Noticed(kind, {**values, "libraries": libraries})

    def _libraries(self) -> Iterator[str]:
        """What was of another version when the pack was made."""
        old, new = self._manifest["libraries"], self._new["libraries"]
        if not self.same_version:
            yield f"esrdata {self._manifest['esrdata']}"
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                yield f"{name} {old.get(name, '–')}"
        if self._manifest["platform"] != self._new["platform"]:
            yield self._manifest["platform"]

    def _comparable(self, name: str) -> bool:
        """Whether the contents of a file say anything where its bytes do not."""
        if name.endswith(_VALUES):
            return True
        # Another version writes its pages otherwise, and its own name into them.
        return self.same_version and text_of(self._pack / name) is not None

    def _difference(self, name: str) -> tuple[str, str, str] | None:
        """Where the contents of a file differ first, and what stands there."""
        if not self._comparable(name):
            return None
        old, new = self._pack / name, self._again / name
        if name.endswith(_VALUES):
            return _of_tables(_table(old), _table(new), name.partition(".")[0])
        return _of_texts(text_of(old) or [], text_of(new) or [])


def _short(value: object) -> str:
    return quoted(str(value), 60)


def _table(path: Path) -> pd.DataFrame:
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def _of_tables(old: pd.DataFrame, new: pd.DataFrame, name: str) -> tuple[str, str, str] | None:
    """The first cell that differs, by the key of its row and its column."""
    columns = [str(column) for column in old]
    if columns != [str(column) for column in new]:
        return "columns", ", ".join(columns), ", ".join(map(str, new))
    if len(old) != len(new):
        return "rows", str(len(old)), str(len(new))
    for column in columns:
        pairs = zip(old[column].tolist(), new[column].tolist(), strict=True)
        texts = ((at, _cell(was), _cell(now)) for at, (was, now) in enumerate(pairs))
        first = next(((at, a, b) for at, a, b in texts if a != b), None)
        if first is not None:
            at, before, after = first
            keys = load.table_specs().get(name, {}).get("key") or columns[:1]
            row = ", ".join(str(new[key].iloc[at]) for key in keys if key in new) or str(at + 1)
            return f"{row}, {column}", quoted(before), quoted(after)
    return None


def _cell(value: object) -> str:
    return "–" if is_missing(value) else plain(value)


def _of_texts(old: list[str], new: list[str]) -> tuple[str, str, str] | None:
    for number, (was, now) in enumerate(zip(old, new, strict=False), start=1):
        if was != now:
            at = next((i for i, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), 0)
            start = max(at - 20, 0)
            return str(number), quoted(was[start : at + 40]), quoted(now[start : at + 40])
    if len(old) != len(new):
        return "lines", str(len(old)), str(len(new))
    return None
