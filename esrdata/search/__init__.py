"""Words in narratives: every inflected and compound form, and counts of them by theme."""

from esrdata.search.hits import search
from esrdata.search.theme_counts import themes, write_themes

__all__ = ["search", "themes", "write_themes"]
