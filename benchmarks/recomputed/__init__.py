"""Figures of `esrdata.stats` computed from the tables of a portfolio, by other means."""

from recomputed.facts import Facts, Second, Sum

__all__ = ["Facts", "Second", "Sum"]
