"""Why a cell of a list is not read: each reason names its finding."""

from esrdata.reading.quantities.kinds import UnreadableError

DOUBTFUL, MERGED = "list_text_doubtful", "list_cell_merged"
ERROR, FORMULA, STRUCK_OUT = "list_cell_error", "list_formula_unsaved", "list_cell_struck"


class OddCellError(UnreadableError):
    """A cell that is not read; `code` names the finding."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.code = code


class AmbiguousError(OddCellError):
    """A cell that may be read in two ways."""

    CODE = "value_ambiguous"

    def __init__(self, text: str) -> None:
        super().__init__(text, self.CODE)
