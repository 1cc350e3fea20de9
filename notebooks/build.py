"""Makes the notebooks of each language from one source: `python notebooks/build.py [NAME…]`.

A source is a page whose parts begin with `<!-- fi -->`, `<!-- en -->` (prose of that language),
`<!-- parameters -->` or `<!-- code -->`. Each notebook is run, and stored with its outputs.
"""

import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
LANGUAGES = ("fi", "en")
_PART = re.compile(r"^<!-- (fi|en|parameters|code) -->\n", re.MULTILINE)


def notebook(source: str, lang: str) -> nbformat.NotebookNode:
    """The notebook of a language, not yet run."""
    _, *parts = _PART.split(source)
    made = nbformat.v4.new_notebook()
    made.metadata.kernelspec = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    made.metadata.language_info = {"name": "python"}
    for kind, text in zip(parts[::2], parts[1::2], strict=True):
        text = text.strip("\n")
        if kind == lang:
            cell = nbformat.v4.new_markdown_cell(text)
        elif kind == "parameters":
            cell = nbformat.v4.new_code_cell(text.replace("{lang}", lang))
            cell.metadata.tags = ["parameters"]
        elif kind == "code":
            cell = nbformat.v4.new_code_cell(text)
        else:
            continue
        # The same source gives the same file.
        cell.id = f"cell-{len(made.cells)}"
        made.cells.append(cell)
    return made


def run(made: nbformat.NotebookNode) -> None:
    """Run a notebook in a folder of its own, with the data where they are in the repository."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "notebooks", "one")
        place.mkdir(parents=True)
        Path(folder, "data").symlink_to(HERE.parent / "data")
        resources = {"metadata": {"path": str(place)}}
        NotebookClient(made, timeout=300, resources=resources, record_timing=False).execute()


def main(names: list[str]) -> None:
    """Make, run and store the notebooks named, or all."""
    for source in sorted((HERE / "sources").glob("*.md")):
        if names and source.stem not in names:
            continue
        for lang in LANGUAGES:
            made = notebook(source.read_text(encoding="utf-8"), lang)
            run(made)
            made.metadata.language_info = {"name": "python"}
            (HERE / lang).mkdir(exist_ok=True)
            nbformat.write(made, HERE / lang / f"{source.stem}.ipynb")


if __name__ == "__main__":
    main(sys.argv[1:])
