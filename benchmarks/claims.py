"""Claims against sentences marked by reading: python benchmarks/claims.py [FILE[#PART]] [--misses]

FILE holds sentences with their claims (`tests/claims_marked.yml`), or parts of them in short form
(`tests/claims_traps.yml#measured`).
"""

import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from esrdata.reading.claims.find import find_claims

HERE = Path(__file__).resolve().parents[1]
FACTS = ("value", "value_high", "qualifier", "kind")


def facts(claim: Any) -> tuple:
    read = claim.get if isinstance(claim, dict) else lambda name: getattr(claim, name)
    return tuple(read(name) for name in FACTS)


def rate(right: int, found: int, marked: int) -> str:
    precision = right / found if found else 1.0
    recall = right / marked if marked else 1.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return f"n {marked:4}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def load(name: str) -> list[dict[str, Any]]:
    path, _, part = name.partition("#")
    entries = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    if not part:
        return entries
    return [
        {"text": text, "claims": [dict(zip(FACTS, claim, strict=True)) for claim in claims]}
        for text, claims in entries[part]
    ]


def main(name: str, tell: bool) -> None:
    entries = load(name)
    counts = {name: Counter() for name in ("right", "found", "marked")}
    wrong = []
    staged = Counter()
    for entry in entries:
        marked = Counter(facts(claim) for claim in entry["claims"])
        claims = find_claims(entry["text"])
        found = Counter(map(facts, claims))
        for name, those in (("marked", marked), ("found", found), ("right", marked & found)):
            for (_, _, qualifier, kind), n in those.items():
                counts[name].update({"all": n, f"kind {kind}": n, f"qualifier {qualifier}": n})
        if marked != found:
            missed, false = list((marked - found).elements()), list((found - marked).elements())
            wrong.append((entry["text"], missed, false))
        stages = {facts(claim): claim.get("stage") for claim in entry["claims"]}
        staged.update(
            claim.stage == stages[facts(claim)] for claim in claims if stages.get(facts(claim))
        )
    for key in sorted(counts["marked"] | counts["found"]):
        print(f"{key:24}", rate(*(counts[name][key] for name in ("right", "found", "marked"))))
    print(f"stage right {staged[True]} of {staged.total()}")
    texts = [entry["text"] for entry in entries] * 5
    began = time.perf_counter()
    for text in texts:
        find_claims(text)
    print(
        f"{len(texts) / (time.perf_counter() - began):,.0f} sentences a second; wrong {len(wrong)}"
    )
    for text, missed, false in wrong if tell else ():
        print(f"- {text}\n    missed {missed}\n    false  {false}")


if __name__ == "__main__":
    given = [arg for arg in sys.argv[1:] if arg != "--misses"]
    main(given[0] if given else str(HERE / "tests/claims_marked.yml"), "--misses" in sys.argv)
