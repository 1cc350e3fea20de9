"""Sources at an address: what fsspec lists and opens is read as files are."""

import zipfile
from pathlib import Path

import fsspec
import pytest
from pages import eura2014_page

import esrdata
from esrdata import SourceError, UsageError


@pytest.fixture(scope="module")
def memory() -> str:
    system = fsspec.filesystem("memory")
    system.pipe("/esr/S20001.txt", eura2014_page(code="S20001").encode())
    system.pipe("/esr/more/S20002.txt", eura2014_page(code="S20002").encode())
    system.pipe("/esr/.hidden/S20003.txt", eura2014_page(code="S20003").encode())
    return "memory://esr"


def test_a_folder_at_an_address_is_read_with_what_is_inside_and_not_what_is_hidden(memory):
    portfolio = esrdata.read(memory)
    assert list(portfolio.projects["project_code"]) == ["S20001", "S20002"]
    assert list(portfolio.files["file"]) == [
        "memory:///esr/S20001.txt",
        "memory:///esr/more/S20002.txt",
    ]


def test_a_pattern_takes_the_files_that_fit(memory):
    assert list(esrdata.read(f"{memory}/*.txt").projects["project_code"]) == ["S20001"]


def test_a_value_leads_back_to_the_line_at_the_address(memory, tmp_path):
    portfolio = esrdata.read(memory)
    portfolio.save(tmp_path / "saved")
    for known in (portfolio, esrdata.load(tmp_path / "saved")):
        shown = known.explain("S20001", "projects.project_code")
        assert shown.context and shown.note is None
        assert any(line.here and "S20001" in line.text for line in shown.context)


def test_a_member_of_a_zip_folder_is_named_by_its_address(tmp_path):
    archive = tmp_path / "pages.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a/S20001.txt", eura2014_page(code="S20001"))
        file.writestr("b/S20002.txt", eura2014_page(code="S20002"))
    portfolio = esrdata.read(f"zip://a/*::{archive}")
    assert list(portfolio.files["file"]) == [f"zip://a/S20001.txt::{archive}"]
    assert portfolio.explain("S20001", "projects.project_code").context


def test_a_file_larger_than_the_limit_is_a_finding(memory):
    portfolio = esrdata.read(f"{memory}/S20001.txt", limits=esrdata.Limits(file_size=10))
    assert list(portfolio.issues["code"]) == ["limit_reached"]


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("memory://nothing-here", SourceError),
        ("nosuchscheme://bucket", SourceError),
        ("zip://*::/no/such.zip", SourceError),
    ],
)
def test_what_cannot_be_reached_is_one_sentence(address, error):
    with pytest.raises(error) as raised:
        esrdata.read(address)
    text = str(raised.value)
    assert address in text and "\n" not in text and "esrdata/" not in text


def test_a_library_that_is_missing_is_named(monkeypatch):
    def without(_: str) -> object:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec.core, "url_to_fs", without)
    with pytest.raises(UsageError, match="s3fs"):
        esrdata.read("s3://bucket/folder")


def test_a_drive_of_windows_is_no_address():
    with pytest.raises(SourceError, match="no file or folder"):
        esrdata.read(Path("C:/nothing/here"))
