"""The version of esrdata, in one place."""

__version__ = "0.1.0"
