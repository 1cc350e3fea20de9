"""A thousand alterations of packs, drawn by chance from a seed: is each noticed, and by its kind?

    python benchmarks/verify.py [N] [SEED]

Packs: what was read of data/raw, saved, and a report of it with a recipe of two chapters. An
alteration that hashes show is not computed again; those whose hashes were mended are, and are
held against a signature without any sources, too.
"""

import io
import json
import os
import random
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import esrdata
from esrdata.documents.own import CRATE
from esrdata.packs.hashes import sha256
from esrdata.packs.sign import new_key, sign
from esrdata.tables.crate import sealed

ROOT = Path(__file__).parents[1]
RECIPE = "chapters:\n- chapter: funding\n- chapter: findings\n"
# Of a hundred alterations whose hashes were mended, so many are computed again.
RECOMPUTED = 12


class Pack:
    """A copy of a pack and its sources, for one alteration."""

    def __init__(self, ready: Path, place: Path, chance: random.Random) -> None:
        self.chance = chance
        self.folder, self.sources = place / "pack", place / "sources"
        # Files that are not altered are shared.
        shutil.copytree(ready / "pack", self.folder, copy_function=os.link)
        shutil.copytree(ready / "sources", self.sources, copy_function=os.link)
        self.key = ready / "key.pub"

    def write(self, path: Path, data: bytes) -> None:
        path.unlink(missing_ok=True)
        path.write_bytes(data)

    def files(self, end: str = "") -> list[str]:
        found = (path for path in self.folder.rglob(f"*{end}") if path.is_file())
        names = sorted(path.relative_to(self.folder).as_posix() for path in found)
        return [name for name in names if not name.startswith(CRATE)]

    def any(self, end: str = "") -> str:
        return self.chance.choice(self.files(end))

    def graph(self) -> dict:
        return json.loads((self.folder / CRATE).read_text(encoding="utf-8"))

    def put(self, crate: dict, *, mended: bool = False) -> None:
        text = json.dumps(crate, ensure_ascii=False, indent=1) + "\n"
        self.write(self.folder / CRATE, (sealed(text) if mended else text).encode("utf-8"))

    def mend(self, name: str) -> None:
        """Write the hash of a file into the manifest, and that of the manifest."""
        crate = self.graph()
        entity = next(one for one in crate["@graph"] if one["@id"] == name)
        path = self.folder / name
        entity |= {"sha256": sha256(path), "contentSize": str(path.stat().st_size)}
        self.put(crate, mended=True)


Altered = tuple[set[str], str]


def other_digit(text: str, chance: random.Random) -> str:
    """A text with one digit, or else one letter, changed."""
    places = [at for at, sign in enumerate(text) if sign.isdigit()]
    places = places or [at for at, sign in enumerate(text) if sign.isalpha()]
    at = chance.choice(places)
    signs = "0123456789" if text[at].isdigit() else "abcdefgh"
    return text[:at] + chance.choice(signs.replace(text[at], "")) + text[at + 1 :]


def cell_of_csv(pack: Pack) -> Altered:
    name = pack.any(".csv")
    text = (pack.folder / name).read_text(encoding="utf-8")
    head, _, rest = text.partition("\n")
    altered = other_digit(rest, pack.chance) if rest.strip() else other_digit(head, pack.chance)
    pack.write(
        pack.folder / name, f"{head}\n{altered}".encode() if rest.strip() else altered.encode()
    )
    return {"file_altered"}, name


def altered_table(pack: Pack) -> str:
    while True:
        name = pack.any(".parquet")
        table = pd.read_parquet(pack.folder / name)
        places = [
            (row, at)
            for row in range(len(table))
            for at in range(table.shape[1])
            if isinstance(table.iat[row, at], str | float | int)
            and table.iat[row, at] == table.iat[row, at]
        ]
        if places:
            break
    row, at = pack.chance.choice(places)
    value = table.iat[row, at]
    table.iat[row, at] = f"{value}x" if isinstance(value, str) else value + 1
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    pack.write(pack.folder / name, buffer.getvalue())
    return name


def cell_of_parquet(pack: Pack) -> Altered:
    return {"file_altered"}, altered_table(pack)


def cell_of_excel(pack: Pack) -> Altered:
    names = pack.files(".xlsx")
    if not names:
        return cell_of_csv(pack)
    path = pack.folder / names[0]
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        sheets = [one for one in old.namelist() if "worksheets/sheet" in one]
        chosen = pack.chance.choice([one for one in sheets if b"<v>" in old.read(one)])
        for one in old.infolist():
            data = old.read(one)
            if one.filename == chosen:
                before, mark, rest = data.partition(b"<v>")
                digit = b"7" if rest[:1] != b"7" else b"8"
                data = before + mark + digit + rest[1:]
            new.writestr(one, data)
    pack.write(path, buffer.getvalue())
    return {"file_altered"}, names[0]


def byte(pack: Pack) -> Altered:
    name = pack.any()
    data = bytearray((pack.folder / name).read_bytes())
    at = pack.chance.randrange(len(data))
    data[at] ^= 1 << pack.chance.randrange(8)
    pack.write(pack.folder / name, bytes(data))
    return {"file_altered"}, name


def swapped(pack: Pack) -> Altered:
    while True:
        one, other = pack.any(), pack.any()
        if sha256(pack.folder / one) != sha256(pack.folder / other):
            break
    first, second = ((pack.folder / name).read_bytes() for name in (one, other))
    pack.write(pack.folder / one, second)
    pack.write(pack.folder / other, first)
    return {"file_swapped"}, one


def removed(pack: Pack) -> Altered:
    name = pack.any()
    (pack.folder / name).unlink()
    return {"file_missing"}, name


def added(pack: Pack) -> Altered:
    name = pack.chance.choice(["new.csv", "figures/new.png", ".hidden", "sub/projects.csv"])
    (pack.folder / name).parent.mkdir(exist_ok=True)
    (pack.folder / name).write_bytes(pack.chance.randbytes(20))
    return {"file_added"}, name


def renamed(pack: Pack) -> Altered:
    name = pack.any()
    (pack.folder / name).rename(pack.folder / f"{name}.old")
    return {"file_renamed"}, name


def source_figure(pack: Pack) -> Altered:
    path = pack.chance.choice(sorted(pack.sources.iterdir()))
    text = path.read_text(encoding="utf-8")
    pack.write(path, other_digit(text, pack.chance).encode())
    return {"source_changed"}, path.name


def source_character(pack: Pack) -> Altered:
    path = pack.chance.choice(sorted(pack.sources.iterdir()))
    text = path.read_text(encoding="utf-8")
    at = pack.chance.randrange(len(text))
    pack.write(path, (text[:at] + "x" + text[at:]).encode())
    return {"source_changed"}, path.name


def source_removed(pack: Pack) -> Altered:
    path = pack.chance.choice(sorted(pack.sources.iterdir()))
    path.unlink()
    return {"source_missing"}, path.name


def manifest_hash(pack: Pack) -> Altered:
    crate = pack.graph()
    name = pack.any()
    entity = next(one for one in crate["@graph"] if one["@id"] == name)
    entity["sha256"] = other_digit(entity["sha256"], pack.chance)
    if not set(entity["sha256"]) <= set("0123456789abcdef"):
        entity["sha256"] = "0" * 64
    pack.put(crate)
    return {"manifest_altered"}, CRATE


def manifest_version(pack: Pack) -> Altered:
    return _lengthened(pack, "version", ".1")


def manifest_name(pack: Pack) -> Altered:
    return _lengthened(pack, "name", "x")


def _lengthened(pack: Pack, key: str, more: str) -> Altered:
    """A text of some entity of the manifest made longer."""
    crate = pack.graph()
    entity = pack.chance.choice([one for one in crate["@graph"] if isinstance(one.get(key), str)])
    entity[key] += more
    pack.put(crate)
    return {"manifest_altered"}, CRATE


def manifest_file(pack: Pack) -> Altered:
    """A file called otherwise in the manifest, wherever it is named."""
    name = pack.any()
    text = (pack.folder / CRATE).read_text(encoding="utf-8")
    other = f"{Path(name).with_suffix('')}-{Path(name).suffix}"
    pack.write(pack.folder / CRATE, text.replace(f'"{name}"', f'"{other}"').encode())
    return {"manifest_altered", "file_renamed"}, CRATE


def mended_and_computed(pack: Pack) -> Altered:
    pack.mend(altered_table(pack))
    return {"remade_hand"}, ""


def mended_and_signed(pack: Pack) -> Altered:
    pack.mend(altered_table(pack))
    return {"signature_wrong"}, ""


KINDS: dict[Callable[[Pack], Altered], int] = {
    cell_of_csv: 12, cell_of_parquet: 12, cell_of_excel: 8, byte: 16, swapped: 8, removed: 7,
    added: 6, renamed: 5, source_figure: 5, source_character: 4, source_removed: 3,
    manifest_hash: 4, manifest_version: 3, manifest_name: 3, manifest_file: 3,
    mended_and_computed: 0, mended_and_signed: 1,
}  # fmt: skip

OF_MANIFEST = (manifest_hash, manifest_version, manifest_name, manifest_file)


def made(place: Path) -> list[Path]:
    """Two packs beside their sources, each with a signature."""
    ready = []
    for name in ("save", "report"):
        folder = place / name
        shutil.copytree(ROOT / "data" / "raw", folder / "sources")
        portfolio = esrdata.read(folder / "sources")
        if name == "save":
            portfolio.save(folder / "pack")
        else:
            recipe = folder / "recipe.yml"
            recipe.write_text(RECIPE, encoding="utf-8")
            esrdata.report.write(portfolio, folder / "pack", recipe=recipe, cards=False)
        new_key(folder / "key")
        sign(folder / "pack", folder / "key")
        ready.append(folder)
    return ready


def main(n: int = 1000, seed: int = 1) -> int:
    chance = random.Random(seed)
    began = time.perf_counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        ready = made(place)
        for folder in ready:
            for _ in range(50):
                found = esrdata.verify(folder / "pack", folder / "sources", recompute=False)
                wrong += not found.unaltered
            again = esrdata.verify(folder / "pack", folder / "sources")
            wrong += not again.unaltered
            print(f"unaltered {folder.name}: {again.text('en')}")
        kinds = chance.choices(list(KINDS), list(KINDS.values()), k=n - RECOMPUTED)
        kinds += [mended_and_computed] * RECOMPUTED
        drawn, noticed, named = Counter(), Counter(), Counter()
        seconds = time.perf_counter()
        for number, alter in enumerate(kinds):
            copy = place / "copy"
            computed = alter is mended_and_computed
            pack = Pack(ready[0] if computed else chance.choice(ready), copy, chance)
            expected, name = alter(pack)
            signed = alter is mended_and_signed
            found = esrdata.verify(
                pack.folder,
                None if signed else pack.sources,
                recompute=computed,
                public_key=pack.key if signed else None,
            )
            of_it = {one.kind for one in found.noticed if one.alters}
            files = {one.values.get("file", "") for one in found.noticed if one.alters}
            drawn[alter.__name__] += 1
            noticed[alter.__name__] += not found.unaltered
            right = expected <= of_it and (not name or name in files)
            # A manifest that no longer fits together is said to be damaged, and names no file.
            right |= alter in OF_MANIFEST and of_it == {"manifest_damaged"}
            named[alter.__name__] += right
            if not right:
                print(f"{number}: {alter.__name__} {name}: {found.text('en')}")
            shutil.rmtree(copy)
    print(f"{'alteration':<22}{'drawn':>7}{'noticed':>9}{'by its kind':>13}")
    for kind in KINDS:
        key = kind.__name__
        print(f"{key:<22}{drawn[key]:>7}{noticed[key]:>9}{named[key]:>13}")
    total, all_noticed = drawn.total(), noticed.total()
    print(f"{'all':<22}{total:>7}{all_noticed:>9}{named.total():>13}")
    print(f"unaltered packs noticed: {wrong} of 102")
    now = time.perf_counter()
    print(f"{now - began:.0f} s, of which alterations {now - seconds:.0f} s; seed {seed}")
    return int(wrong > 0 or all_noticed < total or named.total() < total)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
