"""What the tags of a page do to its lines."""

import re

# What is written for browsers that do not know a tag is among them, and notes beside a cell, as
# spreadsheet programs write them.
_OF_HEAD = {"head", "title", "noscript", "template", "svg", "xml", "comment"}
SILENT = {*_OF_HEAD, "canvas", "video", "audio", "progress", "meter", "datalist"}
IN_HEAD = {*_OF_HEAD, "script", "style", "html", "meta", "link", "base"}
# What these hold is no markup, and no text of the page but for what a field shows. Where nothing
# ends one of the first two, it holds the rest of the page; the others are passed over.
RAW = {"script", "style", "title", "textarea", "select", "iframe"}
TO_THE_END = {"script", "style"}
RAW_END = {tag: re.compile(rf"</{tag}(?=[\s/>])[^>]*>", re.IGNORECASE) for tag in sorted(RAW)}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# A paragraph stands apart (a blank line in the view); the others only begin a line.
PARAGRAPHS = {
    *HEADINGS, "p", "ul", "ol", "dl", "table", "blockquote", "pre", "section", "article",
    "header", "footer", "nav", "main", "aside", "form", "fieldset", "hr", "figure", "menu", "dir",
}  # fmt: skip
LINES = {
    "div", "li", "tr", "dt", "body", "html", "caption", "option", "legend", "address", "center",
    "thead", "tbody", "tfoot", "details", "summary", "figcaption",
}  # fmt: skip
CELLS = {"td", "th"}
# With these every cell inside ends.
WHOLES = {"tr", "table", "dl", "dd"}
BLOCKS = {*PARAGRAPHS, *LINES, *CELLS, "dd", "br"}
VOID = {
    "br", "hr", "img", "input", "meta", "link", "col", "wbr", "source", "area", "base", "embed",
    "track", "param",
}  # fmt: skip
# Elements whose end may be left out: before which tags, where none of these is open in them.
END_LEFT_OUT = {
    "li": ({"li"}, {"ul", "ol", "menu", "dir"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "thead", "tbody", "tfoot"}, {"table"}),
    "td": ({*CELLS, "tr", "tbody", "tfoot"}, {"table"}),
    "th": ({*CELLS, "tr", "tbody", "tfoot"}, {"table"}),
    "option": ({"option"}, {"select"}),
}
