"""An HTML page to the lines a person sees."""

from esrdata.documents.html.read import laid_out

__all__ = ["laid_out"]
