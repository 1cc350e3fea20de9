"""Numbers, sums, days and periods in text, for all readers."""
