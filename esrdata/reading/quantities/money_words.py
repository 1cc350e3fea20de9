"""The shelf of money (`quantities/sums.yml`) as patterns, made once."""

import re
from collections.abc import Iterable
from functools import cache

from esrdata.knowledge import load
from esrdata.reading.quantities.figures import APOSTROPHE, DASH, GAP
from esrdata.reading.quantities.phrases import every, one_of


class MoneyWords:
    """Patterns of the words and signs around a figure; those in `before` end where it begins."""

    def __init__(self) -> None:
        shelf = load.quantities("sums")
        exact = frozenset(shelf["exact_case"])

        def words(known: Iterable[str]) -> str:
            """Any of some words; words with case-sensitive spelling match only that."""
            known = list(known)
            small = one_of(word for word in known if word not in exact)
            own = one_of(word for word in known if word in exact)
            # One character rules out most places.
            initials = "".join(re.escape(sign) for sign in sorted({word[0] for word in known}))
            some = f"{small}|(?-i:{own})" if own else small
            return f"(?=[{initials}])(?:{some})"

        scales: dict[str, int] = {}
        holding: set[str] = set()
        for size, known in shelf["scales_with_currency"].items():
            scales |= dict.fromkeys(map(load.fold, known), size)
            holding.update(map(load.fold, known))
        plain = {size: every(known) for size, known in shelf["scales"].items()}
        beside = shelf["scales_beside_currency"]
        for sizes in (plain, beside):
            for size, known in sizes.items():
                scales |= dict.fromkeys(map(load.fold, known), size)
        spelled = [word for known in plain.values() for word in known]
        with_euro = [word for known in shelf["scales_with_currency"].values() for word in known]
        short = [word for known in beside.values() for word in known]
        unit = words([*spelled, *with_euro, *short])
        qualifiers = {
            load.fold(word): key
            for group in ("qualifiers", "qualifiers_behind")
            for key, known in shelf[group].items()
            for word in every(known)
        }
        signs = {sign: key for key, known in shelf["qualifier_signs"].items() for sign in known}
        numbers = {
            load.fold(word): float(amount)
            for known in shelf["numbers"].values()
            for word, amount in known.items()
        }
        halves = one_of(word for word, amount in numbers.items() if amount == 0.5)
        ands = one_of(every(shelf["ands"]))
        rates = shelf["rates"]
        before = [word for known in shelf["qualifiers"].values() for word in every(known)]
        behind = [word for known in shelf["qualifiers_behind"].values() for word in every(known)]
        flags = re.IGNORECASE
        digits = rf"\d+(?:(?:[.,]|{APOSTROPHE})\d+|{GAP}\d+)*"
        total = words(every(shelf["total"]))

        def compiled(pattern: str) -> re.Pattern[str]:
            return re.compile(pattern, flags)

        # The longest run of digits: part of a figure is no figure.
        self.figure = compiled(
            rf"(?:(?<=EUR)|(?<![\w,/]))(?<!\d\.)(?<!\s\.)(?<!\A\.)(?<!\d{GAP})(?P<digits>{digits})"
            rf"|(?<!\w)(?:(?P<word>{words(numbers)}|[^\W\d_]{{4,}})\s+)?(?P<scale>{words(spelled)})(?![\w.])"
            rf"|(?<!\w)(?P<whole>[^\W\d_]{{7,}})(?=\s+(?:{one_of(shelf['currency'])})(?!\w))"
        )
        # The end of a figure: ",-" for no cents, a scale, a currency, in any case behind a colon.
        self.tail = compiled(
            rf"(?P<bare>[,.:]\s?[-–—]+(?!\s?\d))?"
            rf"(?:\s{{0,2}}(?P<scale>{unit})(?:(?<=\.)|(?!\w)))?"
            rf"(?:\s{{0,2}}(?P<currency>{words(shelf['currency'])})"
            # Lines of a page run together: "300 000 €Kesto".
            r"(?::\w+)?(?:(?!\w)|(?<=€)(?=(?-i:[A-ZÅÄÖ][a-zåäö]))))?"
        )
        self.percent = compiled(rf"\s?(?:{one_of(shelf['percent'])})")
        self.foreign = compiled(rf"\s{{0,2}}(?:{one_of(shelf['other_currencies'])})(?!\w)")
        self.foreign_before = compiled(rf"(?<!\w)(?:{one_of(shelf['other_currencies'])}):?\s?$")
        self.currency_before = compiled(
            rf"(?<!\w)(?:(?P<scaled>{words(with_euro)})|{one_of(shelf['currency_before'])})\s?$"
        )
        self.english = compiled(rf"(?:{words(shelf['english'])})(?!\w)")
        self.qualifier = compiled(
            rf"(?:(?<!\w)(?P<word>{words(before)})|(?P<sign>{one_of(signs)}))"
            rf"\)?\s*(?:(?:{total})\s+)?$"
        )
        self.qualifier_behind = compiled(rf"[\s(,]{{0,3}}(?P<word>{words(behind)})(?!\w)")
        self.qualifiers = qualifiers | signs
        self.scales = scales
        self.with_currency = frozenset(holding)
        self.needs_currency = frozenset(map(load.fold, [*shelf["scales_unsure_alone"], *short]))
        self.thousands_unit = compiled(
            rf"\s?\((?:in |tuhatta )?(?:{one_of(shelf['unit_thousands'])})\)"
        )
        self.numbers = numbers
        # Before "puoli miljoonaa": "kaksi ja".
        self.and_a_half = compiled(rf"(?<!\w)(?P<word>\w+)\s+(?:{ands})\s+(?P<half>{halves})$")
        self.alone = frozenset(map(load.fold, shelf["alone"]))
        self.indefinite = frozenset(map(load.fold, every(shelf["indefinite"])))
        self.total = compiled(rf"(?<!\w){total}(?!\w)")
        # "21 030 € yhteensä", but not "6 309 €, yhteensä 21 030 €".
        self.total_behind = compiled(rf"[\s,(]{{0,3}}{total}(?!\w)(?!\s*(?:\w+\.?\s)?[\d€])")
        self.lead = compiled(rf"(?:[\s:,]|(?:{total}|{words(every(shelf['lead']))})(?!\w))*")
        self.part = compiled(rf"(?<!\w)(?:{words(every(shelf['part']))})(?!\w)")
        self.rate_behind = {
            per: compiled(rf"[\s(,]{{0,3}}(?:{words(every(known))})(?!\w)")
            for per, known in rates["behind"].items()
        }
        self.rate_each = compiled(rf"\s+[^\W\d]+\s+(?:{one_of(rates['each'])})(?!\w)")
        self.rate_slash = {
            per: compiled(rf"\s?/\s?(?:{one_of(known)})(?!\w)")
            for per, known in rates["slash"].items()
        }
        self.rate_before = {
            per: compiled(rf"(?<!\w)(?:{words(every(known))})(?!\w)")
            for per, known in rates["before"].items()
        }
        self.range = compiled(
            rf"\s*(?:{DASH}|\.\.\.?|…|(?<!\w)(?:{words(every(shelf['ranges']))})(?!\w))\s*"
        )
        self.range_before = compiled(rf"(?<!\w)(?:{words(every(shelf['range_before']))})\s*$")
        self.range_behind = compiled(rf"\s*(?:{words(every(shelf['range_behind']))})(?!\w)")


#: The shelf, read and compiled once.
money_words = cache(MoneyWords)
