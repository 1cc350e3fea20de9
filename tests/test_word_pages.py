"""The Word report as pages: LibreOffice lays it out, and no page is left with next to nothing."""

import shutil
import subprocess
from pathlib import Path

import docx
import pypdfium2
import pytest
from pages import RAW

import esrdata
from esrdata.portfolio import Portfolio
from esrdata.present import report

#: Styles whose text says nothing alone on a page.
LONELY = ("Caption", "Heading 1", "Heading 2", "Heading 3", "Note", "Figure Subtitle")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    portfolio: Portfolio = esrdata.read(RAW)
    report.write(portfolio, out, lang="fi", traces=False, explorer=False)
    profile = f"-env:UserInstallation=file://{out}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "report.docx"],
        cwd=out,
        check=True,
        capture_output=True,
        timeout=300,
    )
    return out


def squeezed(text: str) -> str:
    """Letters alone: lines of a page end elsewhere than in the document."""
    return "".join(text.split()).replace("\u00ad", "").replace("\ufffe", "")


def test_no_page_has_only_a_caption_a_heading_or_a_note(folder: Path) -> None:
    document = docx.Document(str(folder / "report.docx"))
    lonely = "".join(squeezed(p.text) for p in document.paragraphs if p.style.name in LONELY)
    around = [
        squeezed(part.paragraphs[0].text)
        for part in (document.sections[0].header, document.sections[0].footer)
    ]
    pages = pypdfium2.PdfDocument(str(folder / "report.pdf"))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        text = squeezed(page.get_textpage().get_text_range())
        for piece in around:
            text = text.replace(piece.removesuffix(str(number)), "", 1)
        pictures = list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
        assert pictures or text.removesuffix(str(number)) not in lonely, f"page {number}: {text}"


def test_no_page_lies_on_its_side_for_four_projects(folder: Path) -> None:
    pages = pypdfium2.PdfDocument(str(folder / "report.pdf"))
    assert all(page.get_height() > page.get_width() for page in pages)
