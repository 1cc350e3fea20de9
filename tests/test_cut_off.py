"""A saved page that breaks off is told: what it lacks at its end looks like all there is."""

from pathlib import Path

import pytest
from pages import eura2014_page

import esrdata

LINES = "".join(f"<p>{line}</p>\n" for line in eura2014_page().split("\n"))
PAGE = f"<!DOCTYPE html>\n<html><head><title>x</title></head>\n<body>\n{LINES}</body>\n</html>\n"
ARCHIVE = (
    "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; "
    'type="text/html"; boundary="raja"\n\n--raja\nContent-Type: text/html\n\n{}'
)


def codes(folder: Path, text: str) -> set[str]:
    (folder / "sivu.html").write_text(text, encoding="utf-8")
    portfolio = esrdata.read(folder / "sivu.html")
    assert portfolio.projects["name"].tolist() == ["Pieni hanke"]
    return set(portfolio.issues["code"])


@pytest.mark.parametrize("end", ["<p>Kokeil", "Kokeiltiin.</p>"])
@pytest.mark.parametrize("wrap", ["{}", ARCHIVE])
def test_a_page_that_breaks_off_is_told(tmp_path: Path, end: str, wrap: str) -> None:
    cut = PAGE[: PAGE.rindex(end) + len(end)]
    assert "page_cut_off" in codes(tmp_path, wrap.format(cut))


@pytest.mark.parametrize(
    "page",
    [PAGE, PAGE.upper().replace(LINES.upper(), LINES), PAGE.replace("</body>", ""), LINES,
     ARCHIVE.format(PAGE) + "\n--raja--\n", PAGE + "<!-- saved -->" * 500],
    ids=["whole", "capitals", "no end of the body", "a part", "archive", "comments"],
)  # fmt: skip
def test_a_whole_page_is_not(tmp_path: Path, page: str) -> None:
    assert "page_cut_off" not in codes(tmp_path, page)
