import importlib.util
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

HERE = Path(__file__).parents[1] / "notebooks"
# Each language comes from one source.
NOTEBOOKS = sorted([*HERE.glob("fi/*.ipynb"), *HERE.glob("en/*.ipynb")])
NAMES = [
    "01_first_look",
    "02_planned_and_realised",
    "03_participants_and_stated_results",
    "04_sustainability",
    "05_national_list",
    "06_your_own_folder",
    "07_evidence",
    "08_own_question",
    "09_from_draft_to_proof",
]
# Own material goes in by these names, as papermill sets them.
OWN_NAMES = {"05_national_list": ["LIST", "EARLIER"], "06_your_own_folder": ["SOURCE"]}
# They use a chart, but draw none.
NOT_DRAWING = ("charts.alt_text", "charts.save")
LARGEST = 700_000

each = pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=lambda path: path.relative_to(HERE).with_suffix("").as_posix()
)


def stored(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(autouse=True)
def pictures_in_the_notebook(monkeypatch):
    """A backend set around the tests would be the kernel's too, and leave no picture."""
    monkeypatch.delenv("MPLBACKEND", raising=False)


def run(notebook: NotebookNode, folder: Path) -> None:
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=120, resources=resources).execute()


def placed(folder: Path) -> Path:
    """A folder in which a notebook finds the data as in the repository, and may write."""
    place = folder / "notebooks" / "one"
    place.mkdir(parents=True)
    (folder / "data").symlink_to(HERE.parent / "data")
    return place


def pictures(cell: NotebookNode) -> int:
    return sum("image/png" in output.get("data", {}) for output in cell.outputs)


def in_widgets(notebook: NotebookNode) -> int:
    """What a menu draws goes into the state of its widget, not into the outputs of its cell."""
    models = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json")
    states = [model["state"] for model in models["state"].values()] if models else []
    return sum(
        "image/png" in output.get("data", {})
        for state in states
        for output in state.get("outputs", ())
    )


def has_widget(cell: NotebookNode) -> bool:
    view = "application/vnd.jupyter.widget-view+json"
    return any(view in output.get("data", {}) for output in cell.outputs)


def charts(cell: NotebookNode) -> int:
    source = cell.source
    for name in NOT_DRAWING:
        source = source.replace(name, "")
    return source.count("charts.")


def parameters(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in code(notebook) if "parameters" in cell.metadata.get("tags", [])]


def test_the_notebooks():
    assert [path.stem for path in sorted(HERE.glob("sources/*.md"))] == NAMES
    assert [path.relative_to(HERE).with_suffix("").as_posix() for path in NOTEBOOKS] == [
        f"{lang}/{name}" for lang in ("en", "fi") for name in NAMES
    ]
    assert not list(HERE.glob("*.ipynb"))


def test_the_languages_come_from_one_source():
    spec = importlib.util.spec_from_file_location("build", HERE / "build.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    for path in NOTEBOOKS:
        source = (HERE / "sources" / f"{path.stem}.md").read_text(encoding="utf-8")
        made = build.notebook(source, path.parent.name)
        assert [(c.cell_type, c.source) for c in made.cells] == [
            (c.cell_type, c.source) for c in stored(path).cells
        ]


@pytest.mark.slow
@each
def test_runs_from_a_clean_kernel_and_shows_every_chart(path, tmp_path):
    notebook = stored(path)
    run(notebook, placed(tmp_path))
    drawing = [c for c in code(notebook) if charts(c)]
    drawn = [in_widgets(notebook) if has_widget(c) else pictures(c) for c in drawing]
    assert drawn == [charts(c) for c in drawing]


@each
def test_is_stored_with_outputs_and_uses_the_public_names_only(path):
    cells = code(stored(path))
    assert [c.execution_count for c in cells] == list(range(1, len(cells) + 1))
    assert sum(bool(c.outputs) for c in cells) >= len(cells) - 2
    source = "\n".join(c.source for c in cells)
    assert "import esrdata\n" in source
    assert "from esrdata" not in source and "import esrdata." not in source
    assert "._" not in source


@each
def test_is_stored_without_errors_and_places_on_this_machine(path):
    for cell in code(stored(path)):
        assert all(output.output_type != "error" for output in cell.outputs)
        assert all(output.get("name") != "stderr" for output in cell.outputs)
        assert pictures(cell) >= charts(cell)
    text = path.read_text(encoding="utf-8")
    assert len(text) < LARGEST
    for place in ("/tmp/", "/home/", "/root/", "/work/", "\\\\Users\\\\", "esrdata-"):
        assert place not in text


@each
def test_opens_with_a_question_and_ends_with_what_it_shows(path):
    first, *_, last = stored(path).cells
    assert first.cell_type == last.cell_type == "markdown"
    title = first.source.split("\n")[0]
    assert title.startswith("# ") and title.endswith("?")
    if path.parent.name == "fi":
        assert last.source.startswith("## Mitä tämä näyttää ja mitä ei\n")
        assert "**Näyttää**" in last.source and "**Ei näytä**" in last.source
    else:
        assert last.source.startswith("## What this shows and what it does not\n")
        assert "**It shows**" in last.source and "**It does not show**" in last.source


@pytest.mark.parametrize("number", ["02", "03", "04", "05"])
def test_has_charts(number):
    for path in NOTEBOOKS:
        if path.stem.startswith(number):
            assert sum(map(charts, code(stored(path)))) >= 2


@each
def test_takes_own_material_as_parameters(path):
    (cell,) = parameters(stored(path))
    names = [line.split(" = ")[0] for line in cell.source.splitlines()]
    assert names == ["LANG", *OWN_NAMES.get(path.stem, [])]


@pytest.mark.slow
@pytest.mark.parametrize("name", list(OWN_NAMES))
def test_runs_on_own_material(name, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(OWN, encoding="utf-8")
    path = next(path for path in NOTEBOOKS if path.stem == name)
    notebook = stored(path)
    (cell,) = parameters(notebook)
    cell.source += f"\n{OWN_NAMES[name][0]} = {str(own)!r}"
    run(notebook, placed(tmp_path))
    shown = str([cell.outputs for cell in code(notebook)])
    assert "own.csv" in shown
    assert "practice/" not in shown and "synthetic" not in shown


OWN = """\
Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,\
Myönnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion rahoitus,\
Suunniteltu julkinen rahoitus yhteensä,Toteutunut julkinen rahoitus yhteensä
S29001,ESR,Yksi hanke,5,Hämeen ELY-keskus,Toiminta päättynyt,1.1.2016,31.12.2017,Yksi ry,\
80000,72000,100000,90000
S29002,ESR,Toinen hanke,4,Hämeen ELY-keskus,Toiminnassa,1.1.2018,31.12.2019,Toinen ry,\
160000,0,200000,0
"""
