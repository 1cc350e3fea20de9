"""Synthetic portfolios, written through the form files: for trying, teaching and testing."""
