"""The command line."""

from esrdata.cli.main import main

__all__ = ["main"]
