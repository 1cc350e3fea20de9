"""The Word document by its structure: styles, fields, tables, pictures, language and bytes."""

import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from esrdata.errors import StoreError, UsageError
from esrdata.present.model import FOREIGN, Card, Column, Content, Figure, Section, Table
from esrdata.present.word.document import write_word
from esrdata.present.word.laying import Flow
from esrdata.present.word.styles import TEMPLATE
from esrdata.present.word.template import built

# A4 with margins of 2.5 cm, in twentieths of a point: 21 and 29.7 cm less 5 cm.
UPRIGHT, LYING = 11906 - 2 * 1417, 16838 - 2 * 1417

COLUMNS = [
    Column("axis", "Toimintalinja"),
    Column("n", "Hankkeita", "integer"),
    Column("planned", "Suunniteltu julkinen rahoitus", "money"),
    Column("ratio", "Toteutumisaste", "percent", 1),
    Column("mean", "Keskiarvo", "number", 2),
    Column("end", "Päättymispäivä", "date"),
]
ROW = {
    "axis": "Sosiaalinen osallisuus",
    "n": 1234,
    "planned": 1584000.5,
    "ratio": 0.855,
    "mean": 2.5,
    "end": pd.Timestamp(2017, 6, 30),
}
GAP = {"axis": None, "n": pd.NA, "planned": None, "ratio": None, "mean": None, "end": pd.NaT}


def table(rows: int = 2, **changes: Any) -> Table:
    frame = pd.DataFrame([ROW, GAP][:rows] if rows < 3 else [ROW] * rows, columns=list(ROW))
    made = Table("funding", "Rahoitus toimintalinjoittain", COLUMNS, frame, "Hankkeita on 2.")
    return replace(made, **changes)


CARD = Card(
    "S12577",
    "Työllistymisen sukkula",
    [("Hakija", "Kaupunginosayhdistysten liitto ry"), ("Osallistujat", "–")],
    [("Tiivistelmä", "Ensimmäinen kappale.\n- kohta\n\nToinen kappale, 1\u00a0234\u00a0€.")],
    "S12577.html",
)
FIGURE = Figure("absorption", "Toteutumisaste", lambda: None, "Suhteet ovat hankkeiden.")


def content(*parts: Table | Figure, lang: str = "fi", **section: Any) -> Content:
    made = Section("funding", "Rahoitus", ["Johdanto."], parts or (table(), FIGURE), [CARD])
    sections = [replace(made, **section), Section("empty", "Tyhjä luku")]
    return Content(lang, "Hankesalkku", [("Hankkeita", "2")], sections)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("picture") / "blank.png"
    Image.new("RGB", (3000, 1000), "white").save(path, dpi=(200, 200))
    return path


@pytest.fixture
def picture(blank: Path, tmp_path: Path) -> Path:
    """A picture of its own for each test: some draw another in its place."""
    return Path(shutil.copyfile(blank, tmp_path / "absorption.png"))


@pytest.fixture
def written(tmp_path: Path, picture: Path) -> Any:
    def write(made: Content, name: str = "report.docx") -> Any:
        path = tmp_path / "out" / name
        write_word(made, path, {"absorption": (picture, "Kuvio näyttää asteen.")})
        return docx.Document(str(path))

    return write


def every(element: Any, tag: str) -> list[Any]:
    return list(element.iter(qn(tag)))


def value(element: Any, name: str = "w:val") -> Any:
    return element.get(qn(name))


def instructions(document: Any) -> list[str]:
    return [node.text.strip() for node in every(document.element, "w:instrText")]


def texts(document: Any, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == style]


def cells(made: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in made.rows]


def rooms(document: Any) -> Iterator[tuple[Any, int]]:
    """Tables and the width of text of the section they are in, in twentieths of a point."""
    sections = iter(document.sections)
    here = next(sections)
    for node in document.element.body:
        if node.tag == qn("w:tbl"):
            room = here.page_width - here.left_margin - here.right_margin
            yield node, round(room / 635)
        if every(node, "w:sectPr") and node.tag == qn("w:p"):
            here = next(sections)


def assert_within_margins(document: Any) -> None:
    for made, room in rooms(document):
        widths = [int(value(column, "w:w")) for column in every(made, "w:gridCol")]
        assert 0 < sum(widths) <= room
        assert int(value(every(made, "w:tblW")[0], "w:w")) == sum(widths)
        assert value(every(made, "w:tblLayout")[0], "w:type") == "fixed"
        for row in every(made, "w:tr"):
            assert [int(value(cell, "w:w")) for cell in every(row, "w:tcW")] == widths


# ---- headings, contents and captions


def test_headings_are_styles_and_the_contents_list_shows_them(written: Any) -> None:
    document = written(content())
    assert texts(document, "Title") == ["Hankesalkku"]
    assert texts(document, "Heading 1") == ["Rahoitus", "Tyhjä luku"]
    assert texts(document, "Heading 2") == ["S12577 Työllistymisen sukkula"]
    assert texts(document, "Heading 3") == ["Tiivistelmä"]
    assert texts(document, "TOC Heading") == ["Sisällys"]
    assert texts(document, "toc 1") == ["Rahoitus", "Tyhjä luku"]
    assert texts(document, "toc 2") == ["S12577 Työllistymisen sukkula"]
    assert instructions(document)[0] == 'TOC \\o "1-2" \\h \\z'
    # Each entry leads to a heading of its text, in the same order.
    marks = {value(mark, "w:name"): mark for mark in every(document.element, "w:bookmarkStart")}
    links = [link for link in every(document.element, "w:hyperlink") if value(link, "w:anchor")]
    for link in links:
        heading = docx.text.paragraph.Paragraph(
            marks[value(link, "w:anchor")].getparent(), document
        )
        assert heading.text == "".join(node.text for node in every(link, "w:t"))
        assert heading.style.name.startswith("Heading ")
    assert len(links) == len(marks) == 3
    assert not every(document.settings.element, "w:updateFields")


def test_contents_of_many_projects_name_only_chapters(written: Any) -> None:
    document = written(content(cards=[CARD] * 60))
    assert texts(document, "toc 2") == []
    assert texts(document, "toc 1") == ["Rahoitus", "Tyhjä luku"]
    assert instructions(document)[0].startswith('TOC \\o "1-1"')


def test_every_field_begins_shows_its_result_and_ends(written: Any) -> None:
    document = written(content())
    for part in (document.element, document.sections[0].footer._element):
        kinds = [value(node, "w:fldCharType") for node in every(part, "w:fldChar")]
        assert kinds
        assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)
    footer = document.sections[0].footer.paragraphs[0]
    assert [n.text.strip() for n in every(footer._p, "w:instrText")] == ["SUBJECT", "PAGE"]


@pytest.mark.parametrize(
    ("lang", "tag", "first", "second", "chart"),
    [
        ("fi", "fi-FI", "Taulukko\u00a01. ", "Taulukko\u00a02. ", "Kuvio\u00a01. "),
        ("sv", "sv-FI", "Tabell\u00a01. ", "Tabell\u00a02. ", "Figur\u00a01. "),
        ("en", "en-GB", "Table\u00a01. ", "Table\u00a02. ", "Figure\u00a01. "),
    ],
)
def test_captions_are_numbered_by_fields_in_each_language(
    written: Any, lang: str, tag: str, first: str, second: str, chart: str
) -> None:
    document = written(content(table(), FIGURE, table(title="Toinen"), lang=lang))
    captions = texts(document, "Caption")
    assert captions == [
        f"{first}Rahoitus toimintalinjoittain",
        f"{chart}Toteutumisaste",
        f"{second}Toinen",
    ]
    labels = [text.split("\u00a0")[0] for text in (first, chart, second)]
    assert instructions(document)[1:] == [f"SEQ {label} \\* ARABIC" for label in labels]
    language = every(document.styles.element, "w:lang")
    assert {value(node) for node in language} == {tag}
    assert document.core_properties.language == tag


# ---- tables


def test_cells_are_written_by_the_formats_of_the_language(written: Any) -> None:
    finnish = cells(written(content()).tables[1])
    assert finnish[0] == [column.label for column in COLUMNS]
    assert finnish[1] == [
        "Sosiaalinen osallisuus",
        "1\u00a0234",
        "1\u00a0584\u00a0001\u00a0€",
        "85,5\u00a0%",
        "2,50",
        "30.6.2017",
    ]
    assert finnish[2] == ["–"] * 6
    english = cells(written(content(lang="en")).tables[1])
    assert english[1][1:] == ["1,234", "€1,584,001", "85.5%", "2.50", "30 June 2017"]


def test_rows_keep_whole_headings_repeat_and_numbers_stand_on_the_right(written: Any) -> None:
    made = written(content()).tables[1]
    heads = [bool(every(row._tr, "w:tblHeader")) for row in made.rows]
    assert heads == [True, False, False]
    assert all(every(row._tr, "w:cantSplit") for row in made.rows)
    for row in made.rows:
        sides = [[value(jc) for jc in every(cell._tc, "w:jc")] for cell in row.cells]
        assert sides == [[], ["right"], ["right"], ["right"], ["right"], []]
    styles = [row.cells[0].paragraphs[0].style.name for row in made.rows]
    assert styles == ["Table Heading", "Table Text", "Table Text"]
    assert value(every(made._tbl, "w:tblCaption")[0]) == "Rahoitus toimintalinjoittain"


def test_notes_are_small_and_stand_below(written: Any) -> None:
    document = written(content())
    after = document.tables[1]._tbl.getnext()
    note = docx.text.paragraph.Paragraph(after, document)
    assert (note.text, note.style.name) == ("Hankkeita on 2.", "Note")
    assert note.style.font.size.pt < document.styles["Normal"].font.size.pt


def test_pages_are_a4_with_their_margins(written: Any) -> None:
    (section,) = written(content()).sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = section.left_margin, section.right_margin, section.top_margin, section.bottom_margin
    assert [round(margin.cm, 2) for margin in margins] == [2.5] * 4


@pytest.mark.parametrize("rows", [0, 1, 300])
def test_tables_of_any_length(written: Any, rows: int) -> None:
    began = time.process_time()
    document = written(content(table(rows)))
    assert time.process_time() - began < 20
    assert len(document.tables[1].rows) == rows + 1
    assert ("Näytettävää ei ole." in document.tables[1]._tbl.getnext().text) == (rows == 0)
    assert_within_margins(document)
    together = [bool(every(row._tr, "w:keepNext")) for row in document.tables[1].rows]
    # The first rows stay with the caption, the last with the note; a short table stays whole.
    assert together == [at < 2 or at >= rows - 2 for at in range(rows + 1)]


def wide(columns: int, text: str = "Elinkeinopoliittinen ohjelma") -> Table:
    made = [
        Column(f"c{at}", f"Julkinen rahoitus {at}", "money" if at % 3 else "text")
        for at in range(columns)
    ]
    frame = pd.DataFrame({c.name: [123456789 if c.kind == "money" else text] for c in made})
    return Table("wide", "Leveä", made, frame)


def test_a_wide_table_lies_where_it_fills_the_page_and_what_follows_stands_again(
    written: Any,
) -> None:
    many = replace(wide(9), frame=pd.concat([wide(9).frame] * 30, ignore_index=True))
    document = written(content(table(), many, FIGURE))
    sizes = [(s.page_width > s.page_height) for s in document.sections]
    assert sizes == [False, True, False]
    assert [room for _, room in rooms(document)] == [UPRIGHT, UPRIGHT, LYING, UPRIGHT]
    assert_within_margins(document)
    # A section ends in a paragraph that is there anyway, or it might end on an empty page.
    ends = [p for p in document.paragraphs if every(p._p, "w:sectPr")]
    assert [p.style.name for p in ends] == ["Note", "Note"]
    chart = next(p for p in document.paragraphs if every(p._p, "w:drawing"))
    order = [p._p for p in document.paragraphs]
    assert order.index(chart._p) > order.index(ends[-1]._p)
    assert all(section.footer.is_linked_to_previous for section in list(document.sections)[1:])


def test_no_page_is_turned_for_one_row(written: Any) -> None:
    document = written(content(table(), wide(9), FIGURE))
    assert [s.page_width > s.page_height for s in document.sections] == [False]
    captions = [text for text in texts(document, "Caption") if "Leveä" in text]
    assert [text.split(". ", 1)[1] for text in captions] == ["Leveä (1/2)", "Leveä (2/2)"]


@pytest.mark.parametrize("columns", [1, 2, 5, 9, 15, 24, 60])
def test_no_table_runs_over_the_margin_and_no_column_is_lost(written: Any, columns: int) -> None:
    made = wide(columns)
    document = written(content(made))
    assert_within_margins(document)
    # Pieces of a table that is too wide begin with its first column.
    pieces = [cells(piece)[0] for piece in document.tables[1:-1]]
    heads = pieces[0] + [head for piece in pieces[1:] for head in piece[1:]]
    assert heads == [column.label for column in made.columns]
    assert {piece[0] for piece in pieces} == {"Julkinen rahoitus 0"}
    titles = [f"Leveä ({n}/{len(pieces)})" for n in range(1, len(pieces) + 1)]
    wanted = titles if len(pieces) > 1 else ["Leveä"]
    assert [text.split(". ", 1)[1] for text in texts(document, "Caption")] == wanted


def test_columns_have_room_for_whole_numbers_and_words(written: Any) -> None:
    document = written(content(wide(24)))
    for made in document.tables[1:-1]:
        sizes = {int(value(size)) / 2 for size in every(made._tbl, "w:sz")} or {8.5}
        (size,) = sizes
        for cell, column in zip(made.rows[1].cells, every(made._tbl, "w:gridCol"), strict=True):
            # Letters of such words are some 0.43 em wide in Arial, digits and spaces 0.5.
            longest = max(re.split("[ ]", cell.text), key=len)
            assert int(value(column, "w:w")) - 140 > 0.45 * len(longest) * size * 20


# ---- pictures and cards


def test_a_picture_fits_and_tells_what_it_shows(written: Any) -> None:
    document = written(content())
    (shape,) = document.inline_shapes
    assert UPRIGHT - 30 <= round(shape.width / 635) <= UPRIGHT
    assert shape.width / shape.height == pytest.approx(3, abs=0.01)
    about = shape._inline.docPr
    assert (about.get("descr"), about.get("title")) == ("Kuvio näyttää asteen.", "Toteutumisaste")


def test_a_tall_picture_fits_on_a_page(written: Any, picture: Path) -> None:
    Image.new("RGB", (400, 4000), "white").save(picture, dpi=(72, 72))
    (shape,) = written(content()).inline_shapes
    # Caption and note stand on the same page: 24.7 cm are 14,004 twentieths of a point.
    assert 11500 < shape.height / 635 <= 13200
    assert shape.width / shape.height == pytest.approx(0.1, abs=0.001)


def test_a_card_is_a_heading_a_table_and_paragraphs(written: Any) -> None:
    document = written(content())
    assert cells(document.tables[0]) == [["Hankkeita", "2"]]
    assert cells(document.tables[2]) == [list(fact) for fact in CARD.facts]
    shown = texts(document, "Normal")
    assert "Ensimmäinen kappale.\n- kohta" in shown
    assert "Toinen kappale, 1\u00a0234\u00a0€." in shown
    outside = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert outside == ["S12577.html"]


def test_an_empty_chapter_says_so(written: Any) -> None:
    document = written(content())
    assert document.paragraphs[-1].text == "Näytettävää ei ole."
    alone = written(Content("fi", "Hankesalkku", [], []))
    assert alone.tables == []
    assert instructions(alone) == []


# ---- the file itself


def test_the_same_content_gives_the_same_bytes(
    tmp_path: Path, written: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(content(), "a.docx")
    later = time.localtime(time.time() + 86400)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    written(content(), "b.docx")
    first, second = ((tmp_path / "out" / name).read_bytes() for name in ("a.docx", "b.docx"))
    assert first == second
    with zipfile.ZipFile(tmp_path / "out" / "a.docx") as made:
        assert {entry.date_time for entry in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in made.namelist() if "thumbnail" in name or "app.xml" in name]


def test_properties_tell_the_title_and_nobodys_name(written: Any) -> None:
    about = written(replace(content(), title="T" * 400)).core_properties
    assert about.title == "T" * 255
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    # Without a day of the data there is none, rather than today.
    assert about.created is about.modified is None
    dated = written(replace(content(), day=date(2026, 3, 31), source="Hankelista 31.3.2026"))
    assert dated.core_properties.created.date() == date(2026, 3, 31)
    assert dated.core_properties.subject == "Hankelista 31.3.2026"
    assert "Hankelista 31.3.2026" in dated.sections[0].footer.paragraphs[0].text
    assert dated.sections[0].header.paragraphs[0].text == "Hankesalkku"


def test_long_words_are_hyphenated_by_word(written: Any) -> None:
    settings = written(content()).settings.element
    assert [value(node) for node in every(settings, "w:autoHyphenation")] == ["true"]


HOSTILE = [
    '{ HYPERLINK "http://example.invalid" }',
    "=SUM(ABOVE)",
    "</w:t></w:r><w:fldSimple w:instr='DATE'/> & <b> ]]>",
    "a\x00b\x08c\x1bd\ufffee\uffff\ud800f",
    "rivi\r\ntoinen\x0bkolmas\x0cneljäs\u2028viides\ttabulaattori",
    "\u202eodotettu\u202c \U0001f600 漢字 " + "x" * 5000,
    "",
    " \n\n ",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_only_text(written: Any, picture: Path, text: str) -> None:
    plain = written(content())
    frame = pd.DataFrame([{**ROW, "axis": text}], dtype=object)
    columns = [replace(COLUMNS[0], label=text), *COLUMNS[1:]]
    made = Content(
        "fi",
        text,
        [(text, text)],
        [
            Section(
                text,
                text,
                [text],
                [Table(text, text, columns, frame, text), replace(FIGURE, title=text, note=text)],
                [Card(text, text, [(text, text)], [(text, text)], text)],
            )
        ],
    )
    document = written(made)
    # One without a title is a table for somebody's own report, with no pages around it.
    fields = instructions(document) if text else ["TOC ", *instructions(document)]
    assert fields[0].startswith("TOC ")
    # A very long word divides the table in two.
    assert set(fields[1:]) == set(instructions(plain)[1:])
    assert not every(document.element, "w:fldSimple")
    headed = [bool(every(made._tbl, "w:tblHeader")) for made in document.tables]
    *middle, last = headed[1:] if text else headed
    assert (set(middle), last) == ({True}, False)
    assert headed[0] == (not text)
    assert_within_margins(document)
    if text.startswith(("{", "=", "<")):
        assert cells(document.tables[1])[1][0] == text
    if text.startswith("a\x00"):
        assert cells(document.tables[1])[1][0] == "abcdef"
        assert texts(document, "Heading 1") == ["abcdef"]
    if text.startswith("rivi"):
        shown = "rivi\ntoinen\nkolmas\nneljäs\nviides\ttabulaattori"
        assert cells(document.tables[1])[1][0] == shown
        assert texts(document, "Heading 1") == [re.sub(r"\s", " ", shown)]


def test_wrong_use_is_told_in_a_sentence(tmp_path: Path, written: Any) -> None:
    with pytest.raises(UsageError, match=r"^There is no picture for the figure 'other'\.$"):
        written(content(replace(FIGURE, key="other")))
    odd = table(columns=[Column("axis", "Toimintalinja", "colour")])
    with pytest.raises(UsageError, match=r"no kind of column 'colour'"):
        written(content(odd))
    with pytest.raises(UsageError, match="language"):
        written(content(lang="de"))
    assert not (tmp_path / "out").exists()


def test_the_former_file_stays_whole(tmp_path: Path, written: Any) -> None:
    written(content())
    path = tmp_path / "out" / "report.docx"
    former = path.read_bytes()
    with pytest.raises(UsageError):
        written(content(replace(FIGURE, key="other")))
    assert path.read_bytes() == former
    assert [file.name for file in path.parent.iterdir()] == ["report.docx"]
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError):
        write_word(content(table()), tmp_path / "file" / "report.docx", {})


# ---- templates and languages


def test_the_shipped_template_is_what_its_script_builds() -> None:
    assert TEMPLATE.read_bytes() == built()


def test_an_organisations_template_gives_margins_header_and_styles(
    tmp_path: Path, picture: Path
) -> None:
    own = docx.Document()
    section = own.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(210), Mm(40), Mm(40)
    section.header.paragraphs[0].text = "Virasto"
    own.styles["Heading 1"].font.name = "Georgia"
    own.add_paragraph("Poista tämä teksti.")
    own.save(str(tmp_path / "own.docx"))
    figures = {"absorption": (picture, "Kuvio näyttää asteen.")}
    write_word(content(), tmp_path / "report.docx", figures, tmp_path / "own.docx")
    document = docx.Document(str(tmp_path / "report.docx"))
    assert "Poista tämä teksti." not in [p.text for p in document.paragraphs]
    assert document.sections[0].header.paragraphs[0].text == "Virasto"
    assert document.styles["Heading 1"].font.name == "Georgia"
    # 210 mm less twice 40 mm is 130 mm.
    (shape,) = document.inline_shapes
    assert shape.width.mm == pytest.approx(130, abs=0.6)
    for made, _ in rooms(document):
        assert sum(int(value(c, "w:w")) for c in every(made, "w:gridCol")) <= Mm(130).twips + 1
    # What the template lacks comes from ours, in its own typeface.
    assert document.styles["Note"].font.name is None
    assert document.tables[1].style.name == "Statistics"


def test_what_is_no_template_is_told_in_a_sentence(tmp_path: Path, picture: Path) -> None:
    odd = tmp_path / "odd.docx"
    odd.write_text("not Word")
    for path in (odd, tmp_path / "nowhere.docx"):
        with pytest.raises(UsageError, match=rf"^The template {path.name} is not a Word file"):
            write_word(content(table()), tmp_path / "report.docx", {}, path)


def test_names_in_another_language_are_marked_as_such(written: Any) -> None:
    columns = [replace(COLUMNS[0], foreign=True), *COLUMNS[1:]]
    frame = table(2).frame.assign(**{FOREIGN: ["sv", "fi"]})
    document = written(content(table(columns=columns, frame=frame)))
    marks = [[value(node) for node in every(row._tr, "w:lang")] for row in document.tables[1].rows]
    assert marks == [[], ["sv-FI"], []]
    heading = written(content(cards=[replace(CARD, language="sv")])).paragraphs
    (found,) = [p for p in heading if p.style.name == "Heading 2"]
    assert [value(node) for node in every(found._p, "w:lang")] == ["sv-FI"]


def test_what_waits_for_the_next_page_is_passed_by_one_part_at_most() -> None:
    # Four tenths of the page are left: the first part is too high, the second fits.
    assert Flow(1000, 600).goes_first([(500, 500, 500), (300, 300, 300)])
    # The second may break, and what of it must stand together fits.
    assert Flow(1000, 600).goes_first([(500, 500, 500), (450, 100, 200)])
    # It would leave so much of itself on the next page that the first would not fit there either.
    assert not Flow(1000, 600).goes_first([(850, 850, 850), (450, 100, 200)])
    # The second is too high as well; the first fits; it is the last; the gap is small.
    assert not Flow(1000, 600).goes_first([(500, 500, 500), (450, 450, 450)])
    assert not Flow(1000, 600).goes_first([(500, 300, 300), (300, 300, 300)])
    assert not Flow(1000, 600).goes_first([(500, 500, 500)])
    assert not Flow(1000, 800).goes_first([(500, 500, 500), (100, 100, 100)])


def test_what_does_not_fit_begins_the_next_page_with_what_stands_before_it() -> None:
    flow = Flow(1000, 600)
    flow.keep(400)
    assert flow.at == 600
    flow.keep(401, before=50)
    assert flow.at == 50
    flow.add(300)
    assert (flow.at, flow.left) == (350, 650)


def test_a_small_table_fills_a_page_before_the_figure_that_waits(
    written: Any, picture: Path
) -> None:
    Image.new("RGB", (3000, 2000), "white").save(picture, dpi=(200, 200))
    document = written(content(table(58), FIGURE, table(), table()))
    kinds = [caption.split("\u00a0")[0] for caption in texts(document, "Caption")]
    # Both small tables would fit; the figure is not left behind by more than one.
    assert kinds == ["Taulukko", "Taulukko", "Kuvio", "Taulukko"]


def test_the_last_group_of_a_table_that_may_break_is_named_once_and_not_merged(
    written: Any,
) -> None:
    names = [f"Ryhmä {at // 3}" for at in range(60)]
    frame = pd.DataFrame({"group": names, "n": range(60)})
    heads = [Column("group", "Ryhmä"), Column("n", "n", "integer")]
    document = written(content(Table("t", "T", heads, frame)))
    made = next(one for one in document.tables if one.rows[0].cells[0].text == "Ryhmä")
    marks = [[value(m) for m in every(row._tr, "w:vMerge")] for row in made.rows]
    assert marks[1:7] == [["restart"], ["continue"], ["continue"]] * 2
    assert marks[-6:] == [["restart"], ["continue"], ["continue"], [], [], []]
    texts_of = [every(row._tr, "w:tc")[0] for row in made.rows[-3:]]
    assert ["".join(t.text for t in every(cell, "w:t")) for cell in texts_of] == [
        "Ryhmä 19",
        "",
        "",
    ]


def test_a_figure_as_high_as_a_page_does_not_follow_a_heading(written: Any, picture: Path) -> None:
    # The page is 24.7 cm high, the picture 22, and the chapter begins where little is left.
    Image.new("RGB", (1260, 1732), "white").save(picture, dpi=(200, 200))
    chapters = [
        Section("first", "Ensimmäinen", ["Johdanto."], (table(9),)),
        Section("second", "Toinen", ["Johdanto."], (FIGURE, table())),
    ]
    document = written(Content("fi", "Hankesalkku", [("Hankkeita", "2")], chapters))
    kinds = [caption.split("\u00a0")[0] for caption in texts(document, "Caption")]
    assert kinds == ["Taulukko", "Taulukko", "Kuvio"]


NUMBERS = [
    *("n, toteutunut", "Toteutunut", "Suunniteltu"),
    *("Naisten osuus, suunniteltu", "Naisten osuus, toteutunut"),
]


def of_groups(name: str, rows: int) -> Table:
    frame = pd.DataFrame({"group": [name] * rows} | {head: [100] * rows for head in NUMBERS})
    heads = [Column("group", "Ryhmä", foreign=True)]
    heads += [Column(head, head, "integer") for head in NUMBERS]
    return Table("t", "T", heads, frame)


def test_long_words_of_headings_are_divided_where_rows_then_take_fewer_lines(written: Any) -> None:
    long = "2014–2020: 5 Sosiaalinen osallisuus ja köyhyys"
    found = {}
    for name in ("Lappi", long):
        document = written(content(of_groups(name, 9)))
        made = next(one for one in document.tables if one.rows[0].cells[0].text == "Ryhmä")
        # A reader, and a program that reads the file, has the words whole.
        assert cells(made)[0] == ["Ryhmä", *NUMBERS]
        first = int(value(every(made._tbl, "w:gridCol")[0], "w:w"))
        found[name] = (len(every(made.rows[0]._tr, "w:softHyphen")), first)
    assert found["Lappi"][0] == 0
    # Each of the five headings has one of the two words.
    assert found[long][0] == 5
    # In the font of the report the name is 5.9 cm wide, and that is 3 370 of Word's twentieths.
    assert found[long][1] > 3370 + 140
