"""Every threshold and score of the web reader, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What the stages of the web reader go by."""

    # heading, value: the longest headline, and the longest value of one line, in characters.
    heading: int = 120
    value: int = 200
    prose: int = 120  # a paragraph of this length is prose even where its last full stop is missing
    longest: int = 2_000  # a sentence with more characters is read in parts
    least_days: int = 60  # a period without a label must be this long: shorter ones are events
    # A labelled period that is shorter, between two sure days, is that of an event.
    event_days: int = 28
    near_top: int = 5  # so many full lines below a title a bare period still belongs to it
    # So many full lines below the headline of a story its day or its writer stands.
    near_head: int = 3
    # Words that share so many letters at their beginnings may be one in two forms.
    same_stem: int = 4
    # So many lines around its facts a word for a project tells that a page is of one.
    near_facts: int = 40
    near_label: int = 80  # within so many signs before a label a word makes it another one
    run_on: int = 3  # so many labels with colons in one paragraph make it one where they run on
    bold: int = 2  # so many labels in bold letters do the same
    # More labels and headings than that, one after another with nothing behind them, of which so
    # many stand below again, are a table of contents.
    contents: int = 2
    # A line of a title in a print is wrapped with so many signs, or where small letters follow.
    full: int = 24
    labels: int = 3  # with a labelled name, so many more labels with values are a project's
    # Brackets behind a sum with at most so many words may be the name of an organisation.
    named: int = 6
    in_own_words: int = 3  # so many different patterns of a call or a guide outweigh labelled facts
    # Score of a candidate for a name by the level of its heading, h1 first.
    level: tuple[float, ...] = (4, 2, 1.5, 1, 0.5, 0.5)
    # agrees, agrees_partly: where the title of the page, its `og:title` or its trail of links is
    # the same, or begins so.
    agrees: float = 4
    agrees_partly: float = 2
    # nearest, next_nearest: for the two candidates nearest above the facts.
    nearest: float = 2
    next_nearest: float = 1
    in_prose: float = 2  # where the prose of the block names it
    project_word: float = 1.5  # where it is called a project
    boxed: float = 2  # where it stands under the caption of a box of facts and over a period
    # organisation, sentence, doubled, site_header, aside, below: taken off where it looks like an
    # organisation, reads like a sentence, stands twice, belongs to the header of the site or to a
    # box, or stands below the facts.
    organisation: float = 2.5
    sentence: float = 0.5
    doubled: float = 4
    site_header: float = 4
    aside: float = 1
    below: float = 0.5
    naming: int = 6  # a name of fewer letters may be any word where prose has it again
    least_name: float = 1  # the least score of a name


SETTINGS = Settings()
