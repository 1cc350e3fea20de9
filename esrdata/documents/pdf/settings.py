"""When words on a page of a PDF are lines, cells and paragraphs: thresholds of the geometry."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfSettings:
    """Thresholds of reading a PDF, lengths in parts of the size of the font unless points.

    Attributes
    ----------
    same_line
        Pieces this near share one baseline, in parts of the size of the font.
    same_word
        Letters this near are of one word.
    cell_gap
        A gap this wide parts two cells.
    number_gap
        A gap this wide parts two numbers in columns.
    wider_number
        And it is so many times the other gaps of its line.
    wider
        A gap between cells is so many times the others: justified lines have wide ones.
    same_size
        Sizes of two fonts that a reader takes for one.
    edge
        Points within which edges are one to the eye.
    margin_rows
        Running heads stand in so many rows at each end of a page.
    most_pages
        And on this share of the pages.
    clear
        Space between them and the text, in parts of the size of the font.
    touching
        A lone number stands as far from the words before it to be a cell.
    apart
        Two lines stand apart where their distance is so many times the usual one.
    row_gap
        Points that the rows of a table stand apart at least.
    padding
        Points that the padding of a cell takes from the width of its lines.
    right
        Cells to the right begin beyond this part of the width of the text.
    space
        A space where none was seen, in parts of the size of the font.
    leading
        The distance of two lines where none was seen.
    widest
        No lines of a paragraph are further apart.
    half_step
        Cells in the middle of a row of two lines are half a step away from both.
    same_middle
        The middles of a label and its value, twice, are no further apart.
    overfull
        So many lines may run over the margin.
    rounding
        Points by which places of one line differ.
    column_lines
        A column is found from so many lines.
    narrower
        It is narrower than this part of what stands on the page.
    column_full
        And so many of the lines of paragraphs are full in it.
    table_gap
        Rows of a table have fewer lines between them.
    stem
        Letters that tell a word, a word of two parts, and the first year of two.
    hyphens
        Hyphens divide words where so many lines end with one.
    hyphenated
        And this share of the full lines.
    ascent
        Above a baseline, in parts of the size of the font.
    descent
        Below a baseline, in parts of the size of the font.
    wide
        A sheet with two pages side by side is so many times wider than high.
    line_of_text, lines_of_text
        On both of its halves stand so many lines of so many words at least.
    same_margin
        They begin at one margin, within this part of a half.
    slanted
        A word that rises or falls more steeply runs across its page.
    asked, agree
        So many letters of a page are asked how they stand, and it is read as more than this share.
    few_words, filled
        A page of no more words is a picture of one where a picture takes this share of it.
    tail
        Lines at the end of a print that may be of its site.
    """

    same_line: float = 0.35
    same_word: float = 0.12
    cell_gap: float = 1.0
    number_gap: float = 0.5
    wider_number: float = 1.6
    wider: float = 2.5
    same_size: float = 0.1
    edge: float = 2.0
    margin_rows: int = 3
    most_pages: float = 0.6
    clear: float = 1.6
    touching: float = 0.45
    apart: float = 1.12
    row_gap: float = 1.5
    padding: float = 5.0
    right: float = 0.22
    space: float = 0.25
    leading: float = 1.15
    widest: float = 2.2
    half_step: float = 0.95
    same_middle: float = 0.4
    overfull: int = 3
    rounding: float = 0.5
    column_lines: int = 8
    narrower: float = 0.9
    column_full: float = 0.8
    table_gap: int = 40
    stem: int = 4
    hyphens: int = 3
    hyphenated: float = 0.08
    ascent: float = 0.85
    descent: float = 0.25
    wide: float = 1.2
    line_of_text: int = 8
    lines_of_text: int = 5
    same_margin: float = 0.03
    slanted: float = 0.2
    asked: int = 9
    agree: float = 0.6
    few_words: int = 12
    filled: float = 0.5
    tail: int = 40


SETTINGS = PdfSettings()
