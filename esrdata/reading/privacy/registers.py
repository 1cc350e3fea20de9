"""Identity codes and account numbers of persons in prose."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from esrdata.reading.privacy.vocabulary import before, pattern

# Day, month, year, the sign of the century (all of them since 2023), number, check sign. The check
# sign is not computed: a code with a slip is a person's all the same.
_IDENTITY = re.compile(
    r"(?<![\w-])(?:0[1-9]|[12]\d|3[01])[ .]?(?:0[1-9]|1[0-2])[ .]?\d\d"
    r"(?:(?<=\d{6})[-+A-FU-Y](?:\d{3}[0-9A-FHJ-NPR-Y]|[X*]{4})"
    r"|[ \n]?[-+A-FU-Y][ \n]?\d{3}(?:[A-FHJ-NPR-Y]|(?-i:[ ][A-FHJ-NPR-Y])))(?!\w)",
    re.IGNORECASE,
)
# Whatever stands behind a label of such a code, stars for digits too.
_DIGITS = re.compile(r"\d(?:[\w+*-]|[ .](?=[\d*+-])){3,14}")
_GAP = r"[ \t\n./_-]{0,6}"
_FINNISH = re.compile(rf"(?<![^\W_])FI(?:{_GAP}\d){{16}}(?!\d)", re.IGNORECASE)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_ACCOUNT = re.compile(r"\d{1,6}(?:[ -]{0,2}\d){5,13}(?!\d)")
_BIRTHDAY = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])\. ?(?:0?[1-9]|1[0-2])\. ?(?:19|20)\d\d(?!\d)"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d(?!\d)"
)
# Of a researcher: sixteen digits, the last of which may be an X.
_ORCID = re.compile(r"0000-000\d-\d{4}-\d{3}[\dX](?!\w)")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ ]\d{3})+")


@cache
def _labels() -> tuple[re.Pattern[str], ...]:
    gap, filler = r"[\s.:;=(-]{0,4}", rf"(?:(?:{pattern('phones', 'fillers')})[\s.:]{{1,2}})?"
    bank = rf"(?:(?:{pattern('accounts', 'banks')})[\s.:,]{{1,2}})?"
    return (
        before("identity", "labels", gap + filler),
        before("identity", "born", r"\.?[ \t:]{1,2}"),
        before("accounts", "labels", f"{gap}{filler}{bank}"),
    )


def registers(text: str, runs: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where identity codes and account numbers stand in a text of plain signs, in order."""
    identity, born, account = _labels()
    for run in runs:
        at = run.start()
        code = _IDENTITY.search(text, at, run.end() + 12)
        if code is not None:
            yield code.span()
        for shape in (_FINNISH, _IBAN):
            number = shape.match(text, max(at - 2, 0)) or shape.match(text, max(at - 3, 0))
            if number is not None and (shape is _FINNISH or _is_iban(number[0])):
                yield number.span()
        if run[0].startswith("0000-") and (number := _ORCID.match(text, at)) is not None:
            yield number.span()
        back = max(at - 32, 0)
        if identity.search(text, back, at) is not None:
            digits = _DIGITS.match(text, at)
            if digits is not None:
                yield digits.span()
        elif (day := _BIRTHDAY.match(text, at)) is not None and born.search(text, back, at):
            yield day.span()
        elif account.search(text, back, at) is not None:
            number = _ACCOUNT.match(text, at)
            if number is not None and _THOUSANDS.fullmatch(number[0]) is None:
                yield number.span()


def _is_iban(text: str) -> bool:
    """Whether a text is an account number of another country: its check digits say so."""
    from stdnum import iban

    return bool(iban.is_valid(text))
