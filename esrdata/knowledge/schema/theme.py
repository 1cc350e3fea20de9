"""The grammar of `theme.yml`, and of a user's theme file, which gives only what differs."""

from typing import Annotated

from pydantic import Field

from esrdata.knowledge.schema.base import Strict, Text

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
#: No type is smaller than what can be read in print.
Size = Annotated[float, Field(ge=7.5, le=40, strict=False)]
Length = Annotated[float, Field(ge=0, le=40, strict=False)]


class Fonts(Strict):
    """The one family of type."""

    family: Text
    """its name, as Word and pages ask for it"""
    package: str = ""
    """the installed Python package that has the files; empty where they lie beside the theme"""
    regular: str = ""
    """the TrueType file of its regular weight; empty where the family is installed"""
    semibold: str = ""
    """that of its semibold weight; empty where bold does"""
    bold: str = ""
    """that of its bold weight"""
    fallback: list[Text]
    """families to take where a reader has not this one"""


class Sizes(Strict):
    """Sizes of type in points."""

    title: Size
    """titles"""
    subtitle: Size
    """what a picture shows, of whom, in which unit"""
    text: Size
    """names of rows and numbers"""
    head: Size
    """headings of columns"""
    small: Size
    """units, scales, keys and notes"""


class Colours(Strict):
    """Colours by what they mean."""

    ink: Colour
    """text and thick rules"""
    soft: Colour
    """text beside the matter"""
    rule: Colour
    """thin rules and outlines"""
    grid: Colour
    """lines of scales"""
    dark: Colour
    """realised, the highest class, the first portfolio"""
    mid: Colour
    """bars of histograms"""
    mid_text: Colour
    """the middle class, where it carries text"""
    pale: Colour
    """planned, low classes"""
    faint: Colour
    """zero, and the ground of key figures"""
    second: Colour
    """the second portfolio, numbers stated in text"""
    added: Colour
    """what was added or broken off"""


class SheetSize(Strict):
    """Size of pictures in centimetres."""

    width: Annotated[float, Field(ge=14, le=30, strict=False)]
    """their width"""
    height: Annotated[float, Field(ge=12, le=40, strict=False)]
    """their height at most; what does not fit goes on a second one"""


class Logo(Strict):
    """Space for a logo at the top right of pictures."""

    width: Length
    """its width in centimetres"""
    height: Length
    """its height in centimetres"""
    file: str = ""
    """a picture to put there; empty where the space is only kept free"""


class Theme(Strict):
    """How charts, Word and HTML look."""

    fonts: Fonts
    """type"""
    sizes: Sizes
    """sizes of type"""
    colours: Colours
    """colours"""
    sheet: SheetSize
    """size of pictures"""
    logo: Logo
    """space for a logo"""
