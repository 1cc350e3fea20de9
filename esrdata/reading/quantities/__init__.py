"""How numbers, sums, days and periods are written, for all readers."""
