"""Checks every number of a written report against the portfolio, and says what it should be."""
