"""A PDF to lines: the words and their places by PDFium, the order by geometry."""

from esrdata.documents.pdf.text import (
    MARK,
    Box,
    PdfError,
    Printed,
    boxes,
    picture,
    places,
    read,
)

__all__ = ["MARK", "Box", "PdfError", "Printed", "boxes", "picture", "places", "read"]
