"""XML that holds a list to lines: an element that repeats is a row, its children are cells.

So are the attributes of one that has many, as programs for databases and lists write it.

The lists of the service are ill-formed: a bare `&` stands in texts. A parser stops there, and one
that recovers (lxml with `recover=True`) drops the sign, the word behind it if no space is between
(`R&D` becomes `R`), and later a good `&amp;` as well. That is why the tags are taken by a scan of
our own, which also gives every character its place. Few attributes are passed over, though those
of sums are asked for their unit (`reading/lists/units.py`), and so is text between the cells of a
row.
"""

from esrdata.documents.xml.table import is_absent, view
from esrdata.documents.xml.tags import is_cut_off, is_ended

__all__ = ["is_absent", "is_cut_off", "is_ended", "view"]
