"""The shelf of money (`quantities/sums.yml`) as patterns, made once."""

import re
from collections.abc import Iterable
from functools import cache

from esrdata.knowledge import load
from esrdata.reading.quantities.figures import APOSTROPHE, DASH, GAP
from esrdata.reading.quantities.phrases import any_case, every, one_of


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

        with_currency, beside = shelf["scales_with_currency"], shelf["scales_beside_currency"]
        plain = {size: every(known) for size, known in shelf["scales"].items()}
        spelled, with_euro, short = map(every, (plain, with_currency, beside))
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
        before, behind = (
            [word for known in shelf[group].values() for word in every(known)]
            for group in ("qualifiers", "qualifiers_behind")
        )
        digits = rf"\d+(?:(?:[.,]|{APOSTROPHE})\d+|{GAP}\d+)*"
        total = words(every(shelf["total"]))

        # The longest run of digits: part of a figure is no figure.
        self.figure = any_case(
            rf"(?:(?<=EUR)|(?<![\w,/]))(?<!\d\.)(?<!\s\.)(?<!\A\.)(?<!\d{GAP})(?P<digits>{digits})"
            rf"|(?<!\w)(?:(?P<word>{words(numbers)}|[^\W\d_]{{4,}})\s+)?(?P<scale>{words(spelled)})(?![\w.])"
            rf"|(?<!\w)(?P<whole>[^\W\d_]{{7,}})(?=\s+(?:{one_of(shelf['currency'])})(?!\w))"
        )
        # The end of a figure: ",-" for no cents, a scale, a currency, in any case behind a colon.
        self.tail = any_case(
            rf"(?P<bare>[,.:]\s?[-–—]+(?!\s?\d))?"
            rf"(?:\s{{0,2}}(?P<scale>{unit})(?:(?<=\.)|(?!\w)))?"
            rf"(?:\s{{0,2}}(?P<currency>{words(shelf['currency'])})"
            # Lines of a page run together: "300 000 €Kesto".
            r"(?::\w+)?(?:(?!\w)|(?<=€)(?=(?-i:[A-ZÅÄÖ][a-zåäö]))))?"
        )
        self.percent = any_case(rf"\s?(?:{one_of(shelf['percent'])})")
        self.foreign = any_case(rf"\s{{0,2}}(?:{one_of(shelf['other_currencies'])})(?!\w)")
        self.foreign_before = any_case(rf"(?<!\w)(?:{one_of(shelf['other_currencies'])}):?\s?$")
        self.currency_before = any_case(
            rf"(?<!\w)(?:(?P<scaled>{words(with_euro)})|{one_of(shelf['currency_before'])})\s?$"
        )
        self.english = any_case(rf"(?:{words(shelf['english'])})(?!\w)")
        self.qualifier = any_case(
            rf"(?:(?<!\w)(?P<word>{words(before)})|(?P<sign>{one_of(signs)}))"
            rf"\)?\s*(?:(?:{total})\s+)?$"
        )
        self.qualifier_behind = any_case(rf"[\s(,]{{0,3}}(?P<word>{words(behind)})(?!\w)")
        self.qualifiers = qualifiers | signs
        self.scales = {
            load.fold(word): size
            for sizes in (with_currency, plain, beside)
            for size, known in sizes.items()
            for word in known
        }
        self.with_currency = frozenset(map(load.fold, with_euro))
        self.needs_currency = frozenset(map(load.fold, [*shelf["scales_unsure_alone"], *short]))
        self.thousands_unit = any_case(
            rf"\s?\((?:in |tuhatta )?(?:{one_of(shelf['unit_thousands'])})\)"
        )
        self.numbers = numbers
        # Before "puoli miljoonaa": "kaksi ja".
        self.and_a_half = any_case(rf"(?<!\w)(?P<word>\w+)\s+(?:{ands})\s+(?P<half>{halves})$")
        self.alone = frozenset(map(load.fold, shelf["alone"]))
        self.indefinite = frozenset(map(load.fold, every(shelf["indefinite"])))
        self.total = any_case(rf"(?<!\w){total}(?!\w)")
        # "21 030 € yhteensä", but not "6 309 €, yhteensä 21 030 €".
        self.total_behind = any_case(rf"[\s,(]{{0,3}}{total}(?!\w)(?!\s*(?:\w+\.?\s)?[\d€])")
        self.lead = any_case(rf"(?:[\s:,]|(?:{total}|{words(every(shelf['lead']))})(?!\w))*")
        self.part = any_case(rf"(?<!\w)(?:{words(every(shelf['part']))})(?!\w)")
        self.rate_behind = {
            per: any_case(rf"[\s(,]{{0,3}}(?:{words(every(known))})(?!\w)")
            for per, known in rates["behind"].items()
        }
        self.rate_each = any_case(rf"\s+[^\W\d]+\s+(?:{one_of(rates['each'])})(?!\w)")
        self.rate_slash = {
            per: any_case(rf"\s?/\s?(?:{one_of(known)})(?!\w)")
            for per, known in rates["slash"].items()
        }
        self.rate_before = {
            per: any_case(rf"(?<!\w)(?:{words(every(known))})(?!\w)")
            for per, known in rates["before"].items()
        }
        self.range = any_case(
            rf"\s*(?:{DASH}|\.\.\.?|…|(?<!\w)(?:{words(every(shelf['ranges']))})(?!\w))\s*"
        )
        self.range_before = any_case(rf"(?<!\w)(?:{words(every(shelf['range_before']))})\s*$")
        self.range_behind = any_case(rf"\s*(?:{words(every(shelf['range_behind']))})(?!\w)")


#: The shelf, read and compiled once.
money_words = cache(MoneyWords)
