"""Every threshold and score of the web reader, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What the stages of the web reader go by.

    Attributes
    ----------
    heading, value
        The longest headline, and the longest value of one line, in characters.
    prose
        A paragraph of this length is prose even where its last full stop is missing.
    longest
        A sentence with more characters is read in parts.
    least_days
        A period without a label must be this long: shorter ones are events.
    event_days
        A labelled period that is shorter, between two sure days, is that of an event.
    near_top
        So many full lines below a title a bare period still belongs to it.
    near_head
        So many full lines below the headline of a story its day or its writer stands.
    same_stem
        Words that share so many letters at their beginnings may be one in two forms.
    near_facts
        So many lines around its facts a word for a project tells that a page is of one.
    near_label
        Within so many signs before a label a word makes it another one.
    run_on
        So many labels with colons in one paragraph make it one where they run on.
    bold
        So many labels in bold letters do the same.
    contents
        More labels and headings than that, one after another with nothing behind them, of which so
        many stand below again, are a table of contents.
    full
        A line of a title in a print is wrapped with so many signs, or where small letters follow.
    labels
        With a labelled name, so many more labels with values are a project's.
    named
        Brackets behind a sum with at most so many words may be the name of an organisation.
    in_own_words
        So many different patterns of a call or a guide outweigh labelled facts.
    level
        Score of a candidate for a name by the level of its heading, h1 first.
    agrees, agrees_partly
        Where the title of the page, its `og:title` or its trail of links is the same, or begins so.
    nearest, next_nearest
        For the two candidates nearest above the facts.
    in_prose
        Where the prose of the block names it.
    project_word
        Where it is called a project.
    boxed
        Where it stands under the caption of a box of facts and over a period.
    organisation, sentence, doubled, site_header, aside, below
        Taken off where it looks like an organisation, reads like a sentence, stands twice, belongs
        to the header of the site or to a box, or stands below the facts.
    naming
        A name of fewer letters may be any word where prose has it again.
    least_name
        The least score of a name.
    """

    heading: int = 120
    value: int = 200
    prose: int = 120
    longest: int = 2_000
    least_days: int = 60
    event_days: int = 28
    near_top: int = 5
    near_head: int = 3
    same_stem: int = 4
    near_facts: int = 40
    near_label: int = 80
    run_on: int = 3
    bold: int = 2
    contents: int = 2
    full: int = 24
    labels: int = 3
    named: int = 6
    in_own_words: int = 3
    level: tuple[float, ...] = (4, 2, 1.5, 1, 0.5, 0.5)
    agrees: float = 4
    agrees_partly: float = 2
    nearest: float = 2
    next_nearest: float = 1
    in_prose: float = 2
    project_word: float = 1.5
    boxed: float = 2
    organisation: float = 2.5
    sentence: float = 0.5
    doubled: float = 4
    site_header: float = 4
    aside: float = 1
    below: float = 0.5
    naming: int = 6
    least_name: float = 1


SETTINGS = Settings()
