"""Keeps contact persons, addresses and numbers of persons out of what leaves a document.

What looks like personal data is data itself (`knowledge/privacy.yml`); what is kept where stands in
docs/personal-data.md.
"""

from esrdata.reading.privacy.cover import COVER, MASK, covered, mask, names, places, redact_all

__all__ = ["COVER", "MASK", "covered", "mask", "names", "places", "redact_all"]
