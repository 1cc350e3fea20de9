"""Reads organisations' own web pages."""
