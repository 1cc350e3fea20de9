"""Why a cell of a list is not read: each reason names its finding."""

from esrdata.reading.quantities.kinds import UnreadableError


class OddCellError(UnreadableError):
    """A cell that is not read; `code` names the finding."""

    code = "value_unreadable"


class AmbiguousError(OddCellError):
    """A cell that may be read in two ways."""

    code = "value_ambiguous"


class SheetError(OddCellError):
    """A cell in which a formula has failed."""

    code = "list_cell_error"


class FormulaError(OddCellError):
    """A formula without the value that a spreadsheet stores beside it."""

    code = "list_formula_unsaved"


class StruckError(OddCellError):
    """A cell in which something is struck through."""

    code = "list_cell_struck"


class MergedError(OddCellError):
    """A sum that belongs to several rows."""

    code = "list_cell_merged"


class DoubtError(OddCellError):
    """A text that is a number, or has swallowed cells beside it."""

    code = "list_text_doubtful"
