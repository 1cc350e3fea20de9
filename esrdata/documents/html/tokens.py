"""The source of a page as a stream of tags, texts and comments."""

import re

# A quoted value may hold ">", but its end quote must look like one: a lone quote ends at the tag.
_ATTRIBUTES = (
    r"(?:[\s/]++|[^\s/>=]++(?:\s*+=\s*+"
    r"(?:\"[^\"]*+\"(?=[\s/>])|'[^']*+'(?=[\s/>])|[^\s>]*+))?|=)*"
)
_WHITE = " \t\n\r\f"
_GRAMMAR = rf"""
    (?P<white>[ \t\n\r\f]++)(?![^<])
    |(?P<text>[^<]++)
    |</(?P<end>[a-zA-Z][^\s/>]*+)[^>]*+(?:>|\Z)
    |<(?P<name>[a-zA-Z][^\s/>]*+)(?P<start>{_ATTRIBUTES})(?:>|\Z)
    # A comment that nothing ends goes to the next ">", so that it hides no page.
    |(?P<comment><!--(?:-?>|.*?--!?>)|<[!?/][^>]*+(?:>|\Z))
    |(?P<sign><)
    """
TOKEN = re.compile(_GRAMMAR, re.VERBOSE | re.DOTALL)
# Behind the last end of a comment none is looked for, or each beginning would look to the end.
TOKEN_OF_TAIL = re.compile(_GRAMMAR.replace("|.*?--!?>", ""), re.VERBOSE | re.DOTALL)
# A text in pieces: a pattern finds where it ends much sooner by one sign than by two.
TEXT = re.compile(
    r"(?P<reference>&(?:#[xX][0-9a-fA-F]++|#[0-9]++|[a-zA-Z][a-zA-Z0-9]*+);?)|[^&]++|&"
)
