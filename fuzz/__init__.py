"""Fuzzers of every reader: mutated files may end in a finding, never in an error."""
