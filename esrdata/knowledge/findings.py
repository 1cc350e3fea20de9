"""Makes the page `docs/findings.md` from `messages.yml`: what each finding means and asks for."""

import re

from esrdata.knowledge import load

# A noun with a form for each number; the page uses the plural.
_NOUN = re.compile(r"\{\w+:[^{|}]*\|([^{}]*)\}")

_TOP = """# Findings

Every reading reports what it could not read and what looks wrong: `portfolio.issues` in Python, `esrdata check` on the command line, a chapter in the report. This page has a part for each kind of finding: what it means, why it matters, and what to do.

- **error**: a document or a value that should have been read and was not.
- **warning**: a person should look.
- **info**: nothing is lost; good to know.

Made from `esrdata/knowledge/messages.yml` by `python -m esrdata.knowledge.findings`; a test keeps the two equal.
"""  # noqa: E501


def markdown() -> str:
    """Write the page."""
    page = [_TOP, "| finding | severity |", "| --- | --- |"]
    page += [f"| [`{c}`](#{c}) | {entry['severity']} |" for c, entry in load.messages().items()]
    for code, entry in load.messages().items():
        sentence = _NOUN.sub(r"\1", entry["en"])
        page += [
            f"\n## {code}\n",
            f"*{entry['severity']}*: “{sentence}”\n",
            f"**What it means.** {entry['meaning']}\n",
            f"**Why it matters.** {entry['why']}\n",
            f"**What to do.** {entry['todo']}",
        ]
    return "\n".join(page) + "\n"


if __name__ == "__main__":
    print(markdown(), end="")
