"""A PDF to lines: the words and their places by PDFium, the order by geometry."""

from esrdata.documents.pdf.pictures import Box, picture, places
from esrdata.documents.pdf.text import Printed, read
from esrdata.documents.pdf.words import MARK

__all__ = ["MARK", "Box", "Printed", "picture", "places", "read"]
