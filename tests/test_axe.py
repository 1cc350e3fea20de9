"""Pages as axe-core sees them: nothing serious at the width of a desk and of a telephone."""

import json
import re
import shutil
import subprocess
from html import unescape
from importlib.util import find_spec
from pathlib import Path

import pytest

import esrdata

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# The package is installed for the script in it, not for its Python.
SPEC = find_spec("axe_playwright_python")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium here."),
    pytest.mark.skipif(SPEC is None, reason="The package axe-playwright-python is not installed."),
    pytest.mark.slow,
]

RUN = """
axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const told = found.violations.filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => one.id + ": " + one.nodes.slice(0, 3).map(node => node.html).join(" "));
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) told.push(`cut: ${over} pixels`);
  parent.postMessage(JSON.stringify(told), "*");
});
"""
FRAME = """<!DOCTYPE html><body><iframe src="{page}" style="width:{width}px;height:2000px"></iframe>
<pre id="axe"></pre>
<script>onmessage = said => document.getElementById("axe").textContent = said.data</script>"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of the shipped documents: two sources that differ, cards, evidence pages."""
    folder = tmp_path_factory.mktemp("axe")
    raw = Path(__file__).parents[1] / "data" / "raw"
    return esrdata.report.write(
        esrdata.read(raw), folder, lang="sv", traces=False, explorer=False
    ).parent


def serious(page: Path, width: int, folder: Path, first: str = "") -> list[str]:
    """What axe-core has against a page at a width; before it a script of ours runs."""
    assert CHROMIUM is not None
    assert SPEC is not None
    assert SPEC.submodule_search_locations is not None
    script = Path(SPEC.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")
    html = page.read_text(encoding="utf-8")
    safe = script.replace("</script", r"<\/script")
    scripts = f"<script>{safe}</script><script>{first}{RUN}</script>"
    copy = folder / f"{page.stem}-{width}.html"
    copy.write_text(html.replace("</body>", f"{scripts}</body>"), encoding="utf-8")
    # A window of Chromium is 500 pixels wide at least, a frame as narrow as it is told to be.
    frame = folder / f"{page.stem}-{width}-frame.html"
    frame.write_text(FRAME.format(page=copy.name, width=width), encoding="utf-8")
    command = [
        *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1300,2000"),
        *("--virtual-time-budget=60000", "--dump-dom", frame.as_uri()),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    found = re.search(r'<pre id="axe">(.+?)</pre>', done.stdout, re.DOTALL)
    assert found is not None, "axe-core did not run"
    return list(json.loads(unescape(found[1])))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["report.html", "evidence/S20405.html"])
def test_nothing_serious(pack: Path, name: str, width: int, tmp_path: Path) -> None:
    assert serious(pack / name, width, tmp_path) == []


# What is wrong comes as the title, and as one more thing that is said.
ENLARGE = """
const wrong = [];
for (const box of document.querySelectorAll("figure .wide")) {
  const button = box.nextElementSibling, image = box.querySelector("img");
  if (image.getBoundingClientRect().right > innerWidth) wrong.push("wide at first");
  button.click();
  if (image.getBoundingClientRect().width < 600) wrong.push("not enlarged");
  if (box.scrollWidth <= box.clientWidth) wrong.push("does not scroll");
  if (button.textContent !== "Anpassa figuren till skärmens bredd") wrong.push(button.textContent);
}
if (!document.querySelector("figure .wide")) wrong.push("no figure");
if (wrong.length) document.body.innerHTML = `<p style="width:5000px">${wrong}</p>`;
"""


def test_a_figure_on_a_telephone_is_whole_and_large_at_a_touch(pack: Path, tmp_path: Path) -> None:
    assert serious(pack / "report.html", 390, tmp_path, ENLARGE) == []


def test_it_can_find_something(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(
        "<!DOCTYPE html><html><body><img src='x.png'><p style='width: 2000px'>x</p></body></html>",
        encoding="utf-8",
    )
    found = {line.split(":")[0] for line in serious(page, 1280, tmp_path)}
    assert {"html-has-lang", "image-alt", "cut"} <= found
