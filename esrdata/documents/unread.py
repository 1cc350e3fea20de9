"""What a reader raises of a file that gives no text."""


class UnreadError(Exception):
    """A file, or a member of one, that cannot be read; `code` names the finding.

    `raw` is what it quotes.
    """

    def __init__(self, code: str, raw: str | None = None) -> None:
        super().__init__(code)
        self.code, self.raw = code, raw
