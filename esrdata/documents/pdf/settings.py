"""When words on a page of a PDF are lines, cells and paragraphs: thresholds of the geometry."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfSettings:
    """Thresholds of reading a PDF, lengths in parts of the size of the font unless points."""

    same_line: float = 0.35  # pieces this near share one baseline, in parts of the size of the font
    same_word: float = 0.12  # letters this near are of one word
    cell_gap: float = 1.0  # a gap this wide parts two cells
    number_gap: float = 0.5  # a gap this wide parts two numbers in columns
    wider_number: float = 1.6  # and it is so many times the other gaps of its line
    # A gap between cells is so many times the others: justified lines have wide ones.
    wider: float = 2.5
    same_size: float = 0.1  # sizes of two fonts that a reader takes for one
    edge: float = 2.0  # points within which edges are one to the eye
    margin_rows: int = 3  # running heads stand in so many rows at each end of a page
    most_pages: float = 0.6  # and on this share of the pages
    clear: float = 1.6  # space between them and the text, in parts of the size of the font
    touching: float = 0.45  # a lone number stands as far from the words before it to be a cell
    apart: float = 1.12  # two lines stand apart where their distance is so many times the usual one
    row_gap: float = 1.5  # points that the rows of a table stand apart at least
    padding: float = 5.0  # points that the padding of a cell takes from the width of its lines
    right: float = 0.22  # cells to the right begin beyond this part of the width of the text
    space: float = 0.25  # a space where none was seen, in parts of the size of the font
    leading: float = 1.15  # the distance of two lines where none was seen
    closest: float = 0.9  # two lines are no closer
    widest: float = 2.2  # no lines of a paragraph are further apart
    # Cells in the middle of a row of two lines are half a step away from both.
    half_step: float = 0.95
    same_middle: float = 0.4  # the middles of a label and its value, twice, are no further apart
    overfull: int = 3  # so many lines may run over the margin
    rounding: float = 0.5  # points by which places of one line differ
    column_lines: int = 8  # a column is found from so many lines
    narrower: float = 0.9  # it is narrower than this part of what stands on the page
    column_full: float = 0.8  # and so many of the lines of paragraphs are full in it
    table_gap: int = 40  # rows of a table have fewer lines between them
    stem: int = 4  # letters that tell a word, a word of two parts, and the first year of two
    hyphens: int = 3  # hyphens divide words where so many lines end with one
    hyphenated: float = 0.08  # and this share of the full lines
    letter: float = 0.6  # height of a small letter, in parts of the size of the font
    ascent: float = 0.85  # above a baseline, in parts of the size of the font
    descent: float = 0.25  # below a baseline, in parts of the size of the font
    wide: float = 1.2  # a sheet with two pages side by side is so many times wider than high
    # line_of_text, lines_of_text: on both of its halves stand so many lines of so many words at
    # least.
    line_of_text: int = 8
    lines_of_text: int = 5
    same_margin: float = 0.03  # they begin at one margin, within this part of a half
    slanted: float = 0.2  # a word that rises or falls more steeply runs across its page
    # asked, agree: so many letters of a page are asked how they stand, and it is read as more than
    # this share.
    asked: int = 9
    agree: float = 0.6
    # few_words, filled: a page of no more words is a picture of one where a picture takes this
    # share of it.
    few_words: int = 12
    filled: float = 0.5
    tail: int = 40  # lines at the end of a print that may be of its site


SETTINGS = PdfSettings()
