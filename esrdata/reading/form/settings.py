"""The thresholds by which descriptions are found and read, all in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What a form needs to be seen on a page, and what its parts are worth there.

    Attributes
    ----------
    labels_near, near
        A label of the project code opens a description where so many other labels of the first
        section stand on so many full lines below it; prose that mentions the label has none.
    code_length
        Signs behind that label that must be a project code.
    part_of_a_form
        So many headings of a form are more than chance in a page without a project code.
    heading
        Worth of a heading or title; a label is worth 1.
    apart
        Worth of a blank line above or below a heading.
    unexplained
        Worth of a line that nothing explains: it counts against a reading.
    another
        Cost of one more description in a document: where another form is to begin within what one
        form may read whole, it must explain more than this.
    tie
        Two readings whose worth differs by less explain a page equally well. Worths are sums of a
        few small numbers.
    implying
        A section whose heading was lost is taken to stand where more than this share of the labels
        that only it has do.
    fitting, filled, alone
        Worth of a label among free text with a value that it asks for, with some value, and alone.
    longest_odd_value, words_of_odd_value
        Signs and words of the longest thing that is put in the place of a value; more is prose.
    most_gaps
        Values side by side with more spaces among them are not taken apart.
    largest_beside
        No project has a larger sum: of two ways to take a line apart, one with such a sum is none.
    tail
        So many lines at the end of a description may be of its site or a letter.
    short_line
        A line of places with fewer signs ends a name where it ends.
    label_words
        Of a draft of a form: more words before a colon are prose and no label.
    banner, banner_line
        Of a draft of a form: so many lines above the first heading, each of so many characters, may
        be of the form itself.
    behind, enough
        A page has its values below its labels where fewer than this share of its labels, of which
        there must be so many, have something behind them.
    """

    labels_near: int = 2
    near: int = 8
    code_length: int = 6
    part_of_a_form: int = 3
    heading: float = 2.0
    apart: float = 0.1
    unexplained: float = -0.5
    another: float = 4.0
    tie: float = 1e-9
    implying: float = 2 / 3
    fitting: float = 3.0
    filled: float = 2.0
    alone: float = 1.0
    longest_odd_value: int = 12
    words_of_odd_value: int = 3
    most_gaps: int = 12
    largest_beside: float = 1e9
    tail: int = 40
    short_line: int = 60
    label_words: int = 12
    banner: int = 4
    banner_line: int = 80
    behind: float = 0.25
    enough: int = 5


SETTINGS = Settings()
