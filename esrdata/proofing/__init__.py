"""A written report held against the portfolio: every number of a draft, and what it should be."""
