"""Values that are known by themselves, without a colon between them and their label."""

import re

from esrdata.reading.quantities.kinds import KINDS
from esrdata.reading.quantities.periods import find_day
from esrdata.reading.quantities.sums import find_sums, read_sum
from esrdata.reading.web.moments import period_in
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import funds_in, page_words
from esrdata.reading.web.vocabulary import Label, plain

#: Numbers of other registers stand behind labels of codes.
OTHER_NUMBER = re.compile(r"[\d/ .-]{2,}")
# Kinds of value that are known without a colon before them.
READ_ALONE = frozenset({"period", "start", "end", "sum", "code", "fund", "funder"})
_AFTER_VALUE = re.compile(r"\s*(?:[(\[,;.–-].*)?")


def reads_alone(label: Label, text: str) -> bool:
    """Whether a text without a colon before it is a value of its kind and nothing more."""
    text = text.lstrip("–—-•*· ")
    if label.kind == "status":
        return plain(text) in page_words().statuses
    if label.kind not in READ_ALONE or len(text) > SETTINGS.value:
        return False
    if label.kind == "code":
        code = re.match(KINDS["code"].pattern, text)
        whole = code is not None and _AFTER_VALUE.fullmatch(text, code.end()) is not None
        return whole or OTHER_NUMBER.fullmatch(text) is not None
    if label.kind in ("fund", "funder"):
        return _names_giver(text)
    if label.kind == "sum":
        sums = find_sums(text, labelled=True)
        bounds = (sums[0].start, sums[0].end) if sums and read_sum(text) is not None else None
    else:
        period = period_in(text)
        day = find_day(text) if label.kind != "period" else None
        bounds = (period.start, period.end) if period is not None else None
        bounds = (day.start, day.end) if bounds is None and day is not None else bounds
    if bounds is None or text[: bounds[0]].strip():
        return False
    return _AFTER_VALUE.fullmatch(text, bounds[1]) is not None or (
        label.kind != "sum" and not re.search(r"\w{2}", re.sub(r"[\d:.]", "", text[bounds[1] :]))
    )


def _names_giver(text: str) -> bool:
    """Whether a text begins with a fund or an office that gives money, and is no sentence."""
    if len(text) > SETTINGS.value or text.endswith("."):
        return False
    funds = funds_in(text)
    other = page_words().other_fund.search(text)
    office = page_words().authority.search(text)
    first = min(
        [start for _, start, _ in funds] + [m.start() for m in (other, office) if m is not None],
        default=None,
    )
    before = text[: first or 0]
    return first is not None and (
        # A programme may stand before its fund: "Kestävää kasvua ja työtä 2014–2020, ESR".
        len(before.split()) <= 3 or page_words().programmes.match(before) is not None
    )
