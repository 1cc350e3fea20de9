"""Plants errors in true numbers, as hands make them; seeded."""

import random
import re
from dataclasses import replace

from benchmarks.proofing.facts import Facts
from benchmarks.proofing.texts import FRACTIONS, ORDINALS, TIMES, Label, Text, write

KINDS = (
    "digit changed", "transposed", "other stage", "other group", "other unit", "last year's value",
    "wrong rounding", "sum not updated",
)  # fmt: skip
_SUMS = ("n", "planned", "realised")
_OTHER = {"planned": "realised", "realised": "planned", "pplan": "preal", "preal": "pplan"}


#: Forms that stand in words, with the words there are.
WORDED = {"o": ORDINALS, "xw": TIMES}


def wrong(
    label: Label, written: str, kind: str, lang: str, facts: Facts, rng: random.Random
) -> str | None:
    """The number of a label with an error of a kind; None where there is no such error."""
    form, value = label.form, label.value
    if form == "frac":
        others = [t for n, t in FRACTIONS[lang].items()
                  if abs(100 / n - value) > 0.35 * value]  # fmt: skip
        return rng.choice(others) if kind == "other group" else None
    if form in WORDED:
        others = [text for text in WORDED[form][lang] if text != written]
        return rng.choice(others) if kind == "other group" else None
    made: str | None = None
    if kind == "digit changed":
        made = changed(written, rng)
    elif kind == "transposed":
        made = transposed(written, rng)
    elif kind == "other stage" and label.stat in _OTHER:
        made = write(facts.value(_OTHER[label.stat], label.group), form, lang)
    elif re.search("[-~]", label.group):
        return None
    elif kind == "other group" and label.group[:1] in "RAPESTVFLBY":
        same = [g for g in facts.groups.codes if g[0] == label.group[0] and g != label.group]
        made = write(facts.value(label.stat, rng.choice(same)), form, lang) if same else None
    elif kind == "other unit" and form[0] in "Mtelmzs":
        made = unit(written)
    elif kind == "last year's value" and form[0] not in "w":
        made = write(value * rng.uniform(0.82, 0.96), form, lang)
    elif kind == "wrong rounding" and form[0] in "Mbptlmyz":
        made = rounded(value, written, form, lang, rng)
    elif kind == "sum not updated" and is_sum(label):
        less = facts.value(label.stat, rng.choice([g for g in facts.groups.codes if g[0] in "RF"]))
        first, _, last = label.group.partition("+")
        if last:
            # A group was taken out of the sum, and another in.
            same = [g for g in facts.groups.codes if g[0] == first[0] and g not in (first, last)]
            new = facts.value(label.stat, f"{first}+{rng.choice(same)}") if same else value
            made = write(new, form, lang)
        elif 0 < less < value:
            made = write(value - less, form, lang)
    return made if made is not None and made != written else None


def is_sum(label: Label) -> bool:
    """Whether a number is a sum over groups."""
    return label.stat in _SUMS and (label.group == "all" or "+" in label.group)


def changed(text: str, rng: random.Random) -> str | None:
    """Another digit, not the first zero."""
    places = [m.start() for m in re.finditer(r"\d", text)]
    if not places:
        return None
    at = rng.choice(places)
    options = [d for d in "0123456789" if d != text[at] and not (at == places[0] and d == "0")]
    return text[:at] + rng.choice(options) + text[at + 1 :]


def transposed(text: str, rng: random.Random) -> str | None:
    """Two digits beside each other, in the other order."""
    pairs = [
        i
        for i in range(len(text) - 1)
        if text[i : i + 2].isdigit()
        and text[i] != text[i + 1]
        and (text[i + 1] != "0" or re.search(r"\d", text[:i]))
    ]
    if not pairs:
        return None
    at = rng.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def unit(text: str) -> str | None:
    """Thousands for millions, millions for euros."""
    for old, new in (
        (" miljoonaa euroa", " tuhatta euroa"), (" miljoonaan euroon", " tuhanteen euroon"),
        (" tuhatta euroa", " miljoonaa euroa"), (" euroon", " tuhanteen euroon"),
        (" MEUR", " euroa"), (" thousand euros", " million euros"),
        (" milj. euroa", " euroa"), (" M€", " t€"), (" t€", " M€"),
        (" miljoner euro", " tusen euro"), (" mn euro", " tusen euro"),
        (" tusen euro", " mn euro"), (" million euros", " thousand euros"),
        (" million", "k"), ("k", " million"), (" euroa", " t€"), (" euro", " tusen euro"),
    ):  # fmt: skip
        if text.endswith(old):
            return text.removesuffix(old) + new
    if text.startswith("EUR ") and text.endswith("m"):
        return text.removesuffix("m") + "k"
    return text + " million" if text.startswith(("€", "EUR ")) else None


def rounded(value: float, text: str, form: str, lang: str, rng: random.Random) -> str | None:
    """Off by one in the last place."""
    digits = [m.start() for m in re.finditer(r"\d", text)]
    if not digits:
        return None
    at = digits[-1]
    step = rng.choice((-1, 1))
    new = int(text[at]) + step
    if not 0 <= new <= 9:
        new = int(text[at]) - step
    return text[:at] + str(new) + text[at + 1 :]


def plant(
    text: Text, facts: Facts, share: float, seed: int
) -> tuple[Text, list[tuple[Label, str]]]:
    """A text with errors in some of its numbers; the labels changed, with the kind of error."""
    rng = random.Random(seed)
    chosen = [label for label in text.labels if label.derivable]
    rng.shuffle(chosen)
    wanted = max(1, round(share * len(chosen)))
    changes: dict[int, tuple[str, str]] = {}
    kinds = list(KINDS)
    for n, label in enumerate(chosen):
        if len(changes) >= wanted:
            break
        written = text.text[label.start : label.end]
        first = kinds[-1] if is_sum(label) and rng.random() < 0.4 else kinds[n % len(kinds)]
        for kind in [first, *rng.sample(kinds, len(kinds))]:
            made = wrong(label, written, kind, text.lang, facts, rng)
            if made is not None and made.casefold() != written.casefold():
                changes[label.start] = (made, kind)
                break
    parts, labels, planted, last, size = [], [], [], 0, 0
    for label in text.labels:
        before = text.text[last : label.start]
        written, kind = changes.get(label.start, (text.text[label.start : label.end], ""))
        size += len(before)
        moved = replace(label, start=size, end=size + len(written))
        size += len(written)
        parts += [before, written]
        last = label.end
        labels.append(moved)
        if kind:
            planted.append((moved, kind))
    return Text(text.lang, "".join(parts) + text.text[last:], tuple(labels)), planted
