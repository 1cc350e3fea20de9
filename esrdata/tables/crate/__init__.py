"""The manifest of a folder that esrdata wrote, as an RO-Crate (version 1.1).

One file says what was read, with what, how, and what each file, table and figure is. It is written
last, has no clock and no place of a machine in it, and holds its own hash: of its bytes with that
hash as zeros, so that whatever is changed in it is noticed.
"""

from esrdata.tables.crate.reading import LARGEST, DamagedError, inside, read
from esrdata.tables.crate.seal import sealed
from esrdata.tables.crate.writing import FILES, FOLDERS, write

__all__ = ["FILES", "FOLDERS", "LARGEST", "DamagedError", "inside", "read", "sealed", "write"]
