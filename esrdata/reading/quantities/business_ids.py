"""Finnish Business IDs."""

from functools import lru_cache

from stdnum.fi import ytunnus


@lru_cache(maxsize=100_000)
def business_id(text: str | None) -> str | None:
    """A Business ID as it is usually written, `1234567-1`; None where there is none that can be.

    Sources write the same few again and again, and to check one takes 25 µs.
    """
    if text is None or not ytunnus.is_valid(text):
        return None
    compact: str = ytunnus.compact(text)
    if not compact.strip("0"):
        # Forms want an ID from those who have none; its check digit is right by chance.
        return None
    return f"{compact[:-1]}-{compact[-1]}"
