"""Office files to lines.

Every reader has a function `read`, which takes the bytes of a file. Of a document it gives the text
(paragraphs are divided by blank lines, cells of a row by tabs), of a workbook a `Workbook`. Where a
file is damaged, too large or encrypted, it raises
`UnreadError`, or what its library does (`BROKEN`).
"""
