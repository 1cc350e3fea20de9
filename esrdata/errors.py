"""The few errors esrdata raises; the text of each is one plain sentence."""


class EsrdataError(Exception):
    """Any error that esrdata raises on purpose."""


class SourceError(EsrdataError):
    """The source does not exist, or holds nothing readable at all."""


class UsageError(EsrdataError):
    """A name, a language or an argument that esrdata does not know."""


class StoreError(EsrdataError):
    """A saved portfolio that cannot be loaded, or a folder that cannot be written."""


class KnowledgeError(EsrdataError):
    """A file on the shelf of knowledge that breaks its own rules."""
