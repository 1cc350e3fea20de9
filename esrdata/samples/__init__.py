"""Synthetic portfolios, written by means of the form files: for trying, teaching and testing."""
