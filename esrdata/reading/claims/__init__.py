"""Quantities stated in narratives."""
