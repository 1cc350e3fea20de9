"""Saves descriptions from the information service: slowly, and exactly as sent."""

from esrdata.fetch.codes import codes_in
from esrdata.fetch.saving import LOG, Fetched, fetch

__all__ = ["LOG", "Fetched", "codes_in", "fetch"]
