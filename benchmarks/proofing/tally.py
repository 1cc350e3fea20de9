"""What a measurement of drafts counts."""

from collections import Counter
from dataclasses import dataclass, field

from benchmarks.proofing.errors import KINDS
from esrdata.proofing.findings import NOT_DERIVABLE


@dataclass
class Tally:
    """What was counted."""

    planted: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    true: int = 0
    contradicted: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    right_value: int = 0
    misses: list[str] = field(default_factory=list)
    words: int = 0

    def add(self, other: "Tally") -> None:
        self.planted += other.planted
        self.noticed += other.noticed
        self.true += other.true
        self.contradicted += other.contradicted
        self.verdicts += other.verdicts
        self.right_value += other.right_value
        self.misses += other.misses
        self.words += other.words

    def __str__(self) -> str:
        n, seen = self.planted.total(), self.noticed.total()
        lines = [
            f"errors planted {n}, contradicted {seen}: recall {seen / max(n, 1):.3f}; "
            f"with the right value {self.right_value}",
            f"true numbers {self.true}: contradicted {self.contradicted} "
            f"({100 * self.contradicted / max(self.true, 1):.1f} %), not derivable "
            f"{self.verdicts[NOT_DERIVABLE]} "
            f"({100 * self.verdicts[NOT_DERIVABLE] / max(self.true, 1):.1f} %), "
            f"{dict(self.verdicts)}; words {self.words}",
        ]
        lines += [f"  {kind}: {self.noticed[kind]} of {self.planted[kind]}" for kind in KINDS
                  if self.planted[kind]]  # fmt: skip
        return "\n".join(lines)
