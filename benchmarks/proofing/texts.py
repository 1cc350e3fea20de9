"""Fills the texts with true figures as evaluators write them, each number with its label."""

import math
import re
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.proofing.facts import Facts

_SLOT = re.compile(r"\[\[([^\]]+)\]\]")
NB = "\u00a0"
ONES = {
    "fi": ["nolla", "yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan",
           "yhdeksän", "kymmenen"],
    "sv": ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva",
           "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
           "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
           "eighteen", "nineteen"],
}  # fmt: skip
TENS = {
    "sv": ["", "", "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"],
    "en": ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
}
CASES = {
    "all": ["", "", "kahdelle", "kolmelle", "neljälle", "viidelle", "kuudelle", "seitsemälle",
            "kahdeksalle", "yhdeksälle", "kymmenelle"],
}  # fmt: skip
PERCENT = {"sv": "procent", "en": "per cent"}
EURO = {"par": "euroa", "ill": "euroon", "gen": "euron"}
MILLION = {"par": "miljoonaa euroa", "ill": "miljoonaan euroon", "gen": "miljoonan euron"}
FRACTIONS = {
    "fi": {2: "joka toinen", 3: "joka kolmas", 4: "joka neljäs", 5: "joka viides",
           6: "joka kuudes", 8: "joka kahdeksas", 10: "joka kymmenes"},
    "sv": {2: "vartannat", 3: "vart tredje", 4: "vart fjärde", 5: "vart femte", 6: "vart sjätte",
           8: "vart åttonde", 10: "vart tionde"},
    "en": {2: "one in two", 3: "one in three", 4: "one in four", 5: "one in five",
           6: "one in six", 8: "one in eight", 10: "one in ten"},
}  # fmt: skip


#: Of these nobody writes that they were none.
_NONE = ("running", "inter", "big", "preal", "pplan", "jplan", "jreal", "cplan",
         "creal", "gap", "womens", "shareb", "below", "medcost")  # fmt: skip
#: Places in a row, and how many times as much, from two on.
ORDINALS = {
    "fi": ["toiseksi", "kolmanneksi", "neljänneksi", "viidenneksi", "kuudenneksi"],
    "sv": ["näst", "tredje", "fjärde", "femte", "sjätte"],
    "en": ["second", "third", "fourth", "fifth", "sixth"],
}
TIMES = {
    "fi": ["kaksi kertaa", "kolme kertaa", "neljä kertaa", "viisi kertaa", "kuusi kertaa"],
    "sv": ["dubbelt", "tre gånger", "fyra gånger", "fem gånger", "sex gånger"],
    "en": ["twice", "three times", "four times", "five times", "six times"],
}


@dataclass(frozen=True)
class Label:
    """A number of a text: where it stands, what it is, and how it is written."""

    start: int
    end: int
    stat: str
    group: str
    form: str
    value: float

    @property
    def derivable(self) -> bool:
        """Whether the portfolio gives it."""
        return self.stat != "other"


@dataclass(frozen=True)
class Text:
    """A text of a draft with the labels of its numbers."""

    lang: str
    text: str
    labels: tuple[Label, ...]


def fill(lang: str, facts: Facts, name: str = "") -> Text:
    """A text of a language, filled: the first one, or one of the folders `held` and `blind`."""
    folder = "blind" if name[:1].isalpha() else "held"
    path = Path(__file__).parent / (f"{folder}/{lang}-{name}.md" if name else f"{lang}.md")
    template = path.read_text(encoding="utf-8")
    lines = list(_lines(template, facts))
    return filled("\n".join(lines), lang, facts)


def _lines(template: str, facts: Facts):  # type: ignore[no-untyped-def]
    repeat, kind = "", ""
    for line in template.split("\n"):
        if line.startswith(("@each ", "@rows ")):
            kind, repeat = line[1:5], line.split()[1]
            continue
        if repeat and line.strip():
            for group in [g for g in facts.groups.codes if re.fullmatch(rf"{repeat}\d", g)]:
                yield line.replace(".X", f".{group}")
                if kind == "each":
                    yield ""
            repeat = ""
            continue
        yield line


def filled(template: str, lang: str, facts: Facts) -> Text:
    """A template with its slots filled; a line whose figure nothing has is left out."""
    out, labels, at = [], [], 0
    for line in template.split("\n"):
        parts, inner, last, size = [], [], 0, at
        try:
            for match in _SLOT.finditer(line):
                before = line[last : match.start()]
                parts.append(before)
                size += len(before)
                written, label = slot(match[1], lang, facts)
                if label is not None:
                    inner.append(replace(label, start=size, end=size + len(written)))
                parts.append(written)
                size += len(written)
                last = match.end()
        except KeyError:
            continue
        text = "".join(parts) + line[last:]
        out.append(text)
        labels += inner
        at += len(text) + 1
    return Text(lang, "\n".join(out), tuple(labels))


def slot(name: str, lang: str, facts: Facts) -> tuple[str, Label | None]:
    """What stands in a slot, and its label where it is a number."""
    stat, *rest = name.split(".")
    if stat == "other":
        return rest[0], Label(0, 0, "other", "", "d", float(rest[0]))
    group = rest[0]
    if stat.lower() == "name":
        text = facts.name(group, lang, rest[1])
        return (text[:1].upper() + text[1:] if stat == "Name" else text), None
    if stat == "code":
        return facts.groups.names[group], None
    form = rest[1]
    upper = stat[:1].isupper()
    if stat.lower() == "frac":
        value = 100 * len(facts.groups.codes[group]) / len(facts.projects)
        if value > 60:
            # "One in two" is said of nearly half.
            raise KeyError(name)
        whole = min(FRACTIONS[lang], key=lambda n: abs(100 / value - n))
        text = FRACTIONS[lang][whole]
        return text[:1].upper() + text[1:], Label(0, 0, "sharen", group, "frac", value)
    value = facts.value(stat.lower(), group)
    if value != value or (not value and stat.lower() in _NONE):
        raise KeyError(name)
    text = write(value, form, lang)
    return (text[:1].upper() + text[1:] if upper else text), Label(0, 0, stat.lower(), group, form,
                                                                  value)  # fmt: skip


def number(value: float, decimals: int, lang: str) -> str:
    text = f"{value:,.{decimals}f}"
    if lang == "en":
        return text
    return text.replace(",", NB).replace(".", ",")


def write(value: float, form: str, lang: str) -> str:
    """A value in a form: d digits, w words, e0 euros, te thousands, M1 and Mw millions, p %."""
    kind, digits = form[0], form[1:]
    if kind == "d":
        return number(value, 0, lang)
    if kind == "w":
        return words(round(value), lang)
    if kind == "n":
        return number(value, 0, lang)
    if kind == "r":
        # Two digits that count.
        return number(round(value, 1 - math.floor(math.log10(value))), 0, lang)
    if kind == "k":
        return number(value / 1e3, 0, lang)
    if kind == "q":
        return number(value, int(digits), lang)
    if kind == "b":
        return number(value / 1e6, int(digits), lang)
    if kind == "j":
        if value < 400_000:
            return write(value, "e0", lang)
        text = number(value / 1e6, int(digits) if value >= 1e7 else 2, lang)
        return {"fi": f"{text} miljoonaa euroa", "sv": f"{text} miljoner euro",
                "en": f"EUR {text} million"}[lang]  # fmt: skip
    if kind == "p":
        text = number(value, int(digits), lang)
        if digits == "0":
            return text + {"fi": " prosenttia", "sv": " procent", "en": " per cent"}[lang]
        return text + ("%" if lang == "en" else f"{NB}%")
    if kind == "e":
        text = number(value, 0, lang)
        return f"€{text}" if lang == "en" else f"{text} euro" + ("a" if lang == "fi" else "")
    if kind == "t":
        text = number(value / 1e3, 0, lang)
        return {"fi": f"{text} t€", "sv": f"{text} tusen euro", "en": f"€{text}k"}[lang]
    if kind == "M":
        if value < 400_000:
            return write(value, "e0", lang)
        text = number(value / 1e6, 1 if digits == "1" or value >= 1e7 else 2, lang)
        if digits == "1":
            return {"fi": f"{text} M€", "sv": f"{text} mn euro", "en": f"€{text} million"}[lang]
        return {"fi": f"{text} milj. euroa", "sv": f"{text} miljoner euro",
                "en": f"{text} million euros"}[lang]  # fmt: skip
    if kind == "i":
        small = CASES.get(digits, ONES["fi"]) if lang == "fi" else ONES[lang]
        return small[round(value)] if 2 <= round(value) <= 10 else number(value, 0, lang)
    if kind == "y":
        text = number(value, int(digits[0]), lang)
        ends = {"ill": "prosenttiin", "": "prosenttia"}
        return f"{text} {ends[digits[1:]] if lang == 'fi' else PERCENT[lang]}"
    if kind == "s":
        # The nearest thousand, in full.
        return write(round(value, -3), "e0", lang)
    if kind == "z":
        text = number(value / 1e3, 0, lang)
        return {"fi": f"{text} tuhatta euroa", "sv": f"{text} tusen euro",
                "en": f"{text} thousand euros"}[lang]  # fmt: skip
    if kind == "o":
        return ORDINALS[lang][round(value) - 2]
    if kind == "x":
        if digits != "w":
            return number(value, int(digits), lang)
        if not 2 <= round(value) <= 6 or abs(value - round(value)) > 0.12:
            raise KeyError(form)
        return TIMES[lang][round(value) - 2]
    if kind in "lfcm":
        return _long(value, kind, digits, lang)
    raise KeyError(form)


def _long(value: float, kind: str, digits: str, lang: str) -> str:
    """Millions written out: l, as they are; f, at least so much; c, not quite; m, in short."""
    decimals, case = int(digits[0]), digits[1:] or "par"
    if value < 400_000:
        if kind in "fc":
            value = 1000 * (math.floor(value / 1e3) if kind == "f" else math.ceil(value / 1e3))
        euros = number(value, 0, lang)
        return {"fi": f"{euros} {EURO[case]}", "sv": f"{euros} euro", "en": f"EUR {euros}"}[lang]
    decimals = max(decimals, 0 if value >= 1e9 else 1 if value >= 1e7 else 2)
    scaled = value / 1e6 * 10**decimals
    whole = {"f": math.floor, "c": math.ceil}.get(kind, round)(scaled)
    text = number(whole / 10**decimals, decimals, lang)
    if kind == "m":
        return f"EUR {text}m" if lang == "en" else f"{text} MEUR"
    return {"fi": f"{text} {MILLION[case]}", "sv": f"{text} miljoner euro",
            "en": f"EUR {text} million"}[lang]  # fmt: skip


def words(value: int, lang: str) -> str:
    """A small number in words."""
    if value >= 100 or value < 2:
        return number(value, 0, lang)
    if lang == "fi":
        if value <= 10:
            return ONES["fi"][value]
        if value < 20:
            return ONES["fi"][value - 10] + "toista"
        return ONES["fi"][value // 10] + "kymmentä" + (ONES["fi"][value % 10] if value % 10 else "")
    if value < 20:
        return ONES[lang][value]
    ten, one = TENS[lang][value // 10], value % 10
    if not one:
        return ten
    return f"{ten}-{ONES['en'][one]}" if lang == "en" else ten + ONES["sv"][one]
