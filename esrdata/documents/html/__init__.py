"""An HTML page to the lines a person sees."""

from esrdata.documents.html.page import view

__all__ = ["view"]
