"""Files made to end a batch, to fill the memory or to take for ever; each is a few kilobytes."""

from __future__ import annotations

import io
import json
import plistlib
import zipfile
from collections.abc import Callable, Iterator

from pages import eura2014_page

PAGE = eura2014_page()
LONG = "9" * 5000
DEEP = 3000

OOXML = "http://schemas.openxmlformats.org"
_TYPES = (
    f'<Types xmlns="{OOXML}/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def packed(**parts: str | bytes) -> bytes:
    """A zip file; two underscores stand for a slash in a name, one at the end for `.xml`."""
    return zipped({name.replace("__", "/").replace("_xml", ".xml"): p for name, p in parts.items()})


def zipped(parts: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return held.getvalue()


def docx(body: str) -> bytes:
    """A Word document with this in its body."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": '<w:document xmlns:w="w"><w:body>'
            + body
            + "</w:body></w:document>",
        }
    )


def paragraphs(text: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))


def xlsx(rows: str, strings: str = "") -> bytes:
    """A workbook with these rows in its sheet."""
    relations, sheets = (
        f"{OOXML}/officeDocument/2006/relationships",
        f"{OOXML}/spreadsheetml/2006/main",
    )
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": f'<Relationships xmlns="{OOXML}/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
            "xl/workbook.xml": f'<workbook xmlns="{sheets}" xmlns:r="{relations}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{OOXML}/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>",
            "xl/sharedStrings.xml": f'<sst xmlns="{sheets}">{strings}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{sheets}"><sheetData>{rows}</sheetData>'
            "</worksheet>",
        }
    )


_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"


def odf(kind: str, body: str) -> bytes:
    """An OpenDocument file: `text` or `spreadsheet`."""
    names = "".join(f' xmlns:{n}="{_OASIS}{n}:1.0"' for n in ("office", "table", "text", "style"))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        mimetype = f"application/vnd.oasis.opendocument.{kind}"
        file.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        file.writestr("META-INF/manifest.xml", "<manifest/>")
        content = f"<office:document-content{names}><office:body><office:{kind}>{body}"
        file.writestr(
            "content.xml", f"{content}</office:{kind}></office:body></office:document-content>"
        )
    return held.getvalue()


def nested_mail(depth: int, kind: str = "multipart/related") -> str:
    head = "".join(f'Content-Type: {kind}; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(depth))
    ends = "".join(f"--b{n}--\r\n" for n in reversed(range(depth)))
    return f"MIME-Version: 1.0\r\n{head}Content-Type: text/html\r\n\r\n<p>Hei</p>\r\n{ends}"


def forwarded(depth: int) -> str:
    """Messages one inside another."""
    one = "From: a@example.fi\r\nTo: b@example.fi\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    return (one + "Content-Type: message/rfc822\r\n\r\n") * depth + one + "\r\nHei\r\n"


def html(body: str) -> str:
    return f"<!DOCTYPE html><html><body>{body}</body></html>"


def page_html(name: str = "Hei") -> str:
    lines = PAGE.replace("&", "&amp;").split("\n")
    return html(
        "".join(f"<p>{line}</p>" for line in lines).replace(
            "Hankkeen nimi:", f"Hankkeen nimi: {name}"
        )
    )


def in_prose(words: str) -> str:
    """A description with something in its summary."""
    head, at, rest = PAGE.partition("\nTiivistelmä")
    return f"{head}{at}{rest}" if not at else f"{head}{at}\n\n{words}\n{rest}"


def texts() -> Iterator[tuple[str, str]]:
    """Attacks that are text."""
    many = 3000
    yield "soft_hyphens.html", page_html("a\u00ad" * many)
    yield "zero_widths.html", page_html("\u200b\u200d" * many)
    yield "soft_references.html", page_html("&shy;&#173;" * many)
    yield "long_reference.html", page_html(f"&#{LONG}; &#x{LONG}; &#{'0' * 6000}228;")
    yield "half_reference.html", page_html("a&#xD83D;b&#55357;&#56832;")
    yield "controls.html", page_html("a\x1b]0;b\x07c\x9bd")
    yield "control_references.html", page_html("a&#27;]0;b&#7;")
    yield "turning_reference.html", page_html("a&#x202E;b&#8237;")
    yield "nested_div.html", html("<div>" * DEEP + "hei")
    yield "nested_table.html", html("<table><tr><td>" * DEEP + "hei")
    yield "nested_list.html", html("<ul><li>" * DEEP + "hei")
    yield "nested_headings.html", html("<h1><table><tr><th>x" * many)
    yield "nested_inline.html", html("<b><i><span>" * DEEP + "hei")
    yield "spans.html", html(f"<table><tr><td colspan={LONG} rowspan={LONG}>a<td>b</table>")
    yield "spans2.html", html("<table><tr><td colspan=1000000000 rowspan='-1'>a<td>b</table>")
    yield "attributes.html", html("<p " + "a=b " * many + ">hei</p>")
    yield (
        "entities.xml",
        '<!DOCTYPE a [<!ENTITY a "aaaa">'
        + "".join(
            f'<!ENTITY a{n} "&a{n - 1 if n else ""};&a{n - 1 if n else ""};">' for n in range(40)
        )
        + "]><a><r><c>&a39;</c></r><r><c>2</c></r></a>",
    )
    yield "nested.xml", "<a>" * DEEP
    yield "nested2.xml", "<a><r>" + "<c>" * DEEP + "x" + "</c>" * DEEP + "</r><r><c>1</c></r></a>"
    yield (
        "columns.xml",
        "<lista>"
        + "".join(
            f"<r>{''.join(f'<c{n}>1</c{n}>' for n in range(i, i + 100))}</r>" for i in range(300)
        )
        + "</lista>",
    )
    yield "reference.xml", f"<a><r><c>&#{LONG};&#xD800;&#x202E;</c></r><r><c>1</c></r></a>"
    yield "nested.json", "[" * DEEP
    yield "nested2.json", '[{"a":' * DEEP
    yield "nested3.json", '[{"a":' * 400 + "1" + "}]" * 400
    yield "number.json", json.dumps([{"Hankekoodi": "S20001"}]).replace("}", f', "n": {LONG}}}')
    yield (
        "halves.json",
        r'[{"Hankekoodi": "S20001", "nimi": "a\ud83d b \ud83d\ude00 \u001b\u202e"}]',
    )
    yield "huge.json", '[{"a": 1e999999, "b": -1e999, "c": NaN}]'
    yield "zeros.txt", PAGE.replace("S20001", "S20001").replace("Nainen", "0" * 4400)
    yield "digits.txt", PAGE.replace(": ", f": {LONG} ")
    yield "digits_behind.txt", PAGE.replace("\n", f" {LONG}\n")
    yield "digit_lines.txt", PAGE.replace("\n\n", f"\n{LONG}\n")
    yield "zero_lines.txt", PAGE.replace("\n\n", f"\n{'0' * 5000}\n")
    yield "numbered.txt", "".join(f"{LONG}{n}. rivi\n" for n in range(20)) + PAGE
    yield (
        "sections.txt",
        PAGE.replace("\n1 ", f"\n{LONG} ").replace("\n2 ", "\n" + "2." * 3000 + " "),
    )
    yield "years.txt", PAGE.replace("2015", "99999").replace("2016", "0000")
    yield "days.txt", PAGE.replace("1.", "99.99.").replace("30.6.", "31.2.")
    for n, words in enumerate(
        (
            "kaksi" * 2000, "kaksisataa" * 400 + " henkilöä", "tuhat" * 3000 + " euroa",
            f"{LONG} henkilöä", f"{'0' * 5000} henkilöä", f"{LONG} euroa ja {LONG},5 %",
            f"{LONG}/{LONG} osallistujista", f"vuonna {LONG}", f"1.1.{LONG}", f"{LONG}.1.2015",
            "1 " * 3000 + "henkilöä", "1.1 " * 3000, "noin 20 " * 3000, "000 " * 3000 + "euroa",
            "1.000." * 2000 + " euroa", "noin " * 3000 + "5", "miljoona " * 2000 + "euroa",
            f"{LONG} miljoonaa euroa", f"puolet {LONG}:sta", "yli " * 3000 + "viisi henkilöä",
            "a@" * 3000, "+358 " * 2000, "(" * 3000 + "5 henkilöä" + ")" * 3000,
            "\U0001f600" * 2000, "e\u0301\u0302\u0303" * 2000, "\u0301" * 5000, "\u202e" * 2000,
            "\x1b[2J" * 500, "&#27;&#1; &#x1b; &amp;#27;", "=E4=1B=00" * 500, "Ã¤" * 3000,
        )
    ):  # fmt: skip
        yield f"prose{n}.txt", in_prose(words)
    yield "mime.mht", nested_mail(1500)
    yield "mime_letter.eml", "From: a@b.fi\r\nTo: b@b.fi\r\nSubject: x\r\n" + nested_mail(1500)
    yield "alternative.mht", nested_mail(400, "multipart/alternative")
    yield "forwarded.eml", forwarded(1000)
    yield "headers.eml", "From: a\r\nTo: b\r\n" + "Received: x\r\n" * 5000 + "\r\nhei"
    yield (
        "folded.eml",
        "From: a\r\nTo: b\r\nMIME-Version: 1.0\r\nSubject: " + "=?utf-8?q?a?=\r\n " * 2000,
    )
    yield (
        "odd_charset.eml",
        (
            "From: a@b.fi\r\nTo: b@b.fi\r\nMIME-Version: 1.0\r\n"
            'Content-Type: text/plain; charset="\ud83d\x00idna"\r\n\r\nhei\xe4'
        )
        .encode("utf-8", "surrogatepass")
        .decode("latin-1"),
    )
    yield "nested.rtf", "{\\rtf1 " + "{" * DEEP + "hei" + "}" * DEEP + "}"
    yield "unclosed.rtf", "{\\rtf1 " + "{\\b " * DEEP
    yield "numbers.rtf", "{\\rtf1 \\u" + LONG + "? \\'zz \\u-10179?\\u-8704? \\bin" + LONG + " a}"
    yield "halves.rtf", "{\\rtf1 a\\u-10179? b}"
    yield "nested.plist", "<!DOCTYPE plist><plist>" + "<array>" * DEEP
    yield "scripts.mht", "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + "<script " * 3000
    yield "comments.html", html("<!-- >" * 3000)
    yield "textareas.html", html("<textarea>" * 3000)
    yield "brackets.md", "# Otsikko\n" + "[" * 3000 + "](" * 3000 + "**" * 3000
    yield "pipes.txt", "|".join("a" * 5000) + "\n> " * 3000
    yield "quotes.csv", 'a;"' * 5000 + "\n" + '"' * 5001
    yield "columns.csv", ";".join(f"c{n}" for n in range(5000)) + "\n" + ";" * 5000
    yield "semicolons.csv", PAGE.split("\n")[0] + "\n" + ";\n" * 5000


def binaries() -> Iterator[tuple[str, bytes]]:
    """Attacks that are no text."""
    yield "empty.pdf", b""
    yield "one_byte.txt", b"\0"
    yield "half.txt", PAGE.encode("utf-16") + b"\x3d\xd8"
    yield "half_inside.txt", PAGE.encode("utf-16").replace("K".encode("utf-16-le"), b"\x3d\xd8")
    yield "cesu.txt", PAGE.replace("Testi", "\ud83d\ude00").encode("utf-8", "surrogatepass")
    yield "deep.docx", docx("<w:p>" * 3000 + "</w:p>" * 3000)
    yield "tables.docx", docx("<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60)
    yield "runs.docx", docx("<w:p>" + "<w:r>" * 200 + "<w:t>a</w:t>" + "</w:r>" * 200 + "</w:p>")
    yield (
        "symbol.docx",
        docx(
            paragraphs(PAGE)
            + f'<w:p><w:r><w:sym w:char="{"F" * 30}"/><w:sym w:char="D83D"/></w:r></w:p>'
        ),
    )
    note = '<w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote>'
    yield "round_notes.docx", zipped({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": '<w:document xmlns:w="w"><w:body><w:p><w:r>'
        '<w:footnoteReference w:id="1"/></w:r></w:p></w:body></w:document>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="w">{note}</w:footnotes>',
    })  # fmt: skip
    yield "entities.docx", zipped({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": '<!DOCTYPE a [<!ENTITY a "' + "a" * 1000 + '">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
        + ']><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>',
    })  # fmt: skip
    yield "bomb.docx", docx("<w:p/>" + " " * 2**25)
    yield (
        "cells.xlsx",
        xlsx('<row r="1"><c r="XFD1048576" t="inlineStr"><is><t>a</t></is></c></row>'),
    )
    yield "rows.xlsx", xlsx(f'<row r="{LONG}"><c r="A1"><v>1</v></c></row>')
    yield "rows2.xlsx", xlsx('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    yield (
        "numbers.xlsx",
        xlsx(f'<row r="1"><c r="A1"><v>{LONG}</v></c><c r="B1"><v>1e999</v></c></row>'),
    )
    yield "index.xlsx", xlsx('<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>')
    yield (
        "halves.xlsx",
        xlsx(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>a_xD83D_b_x001B_]0;\u202e</t></is></c></row>'
        ),
    )
    yield (
        "formula.xlsx",
        xlsx('<row r="1"><c r="ZZZZZZ1"><f>1</f></c><c r="B99999999999"><f>2</f></c></row>'),
    )
    shared = "<si><t>" + "a" * 32000 + "</t></si>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    yield "shared.xlsx", xlsx(cells, shared)
    yield "bomb.xlsx", xlsx('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 2**26)
    row = "<table:table-row{}><table:table-cell{}><text:p>{}</text:p></table:table-cell></table:table-row>"
    sheet = '<table:table table:name="a">{}</table:table>'
    rows, columns = " table:number-rows-repeated='{}'", " table:number-columns-repeated='{}'"
    yield (
        "rows.ods",
        odf(
            "spreadsheet",
            sheet.format(row.format(rows.format(10**6), columns.format(1000), "a" * 99)),
        ),
    )
    yield (
        "rows2.ods",
        odf("spreadsheet", sheet.format(row.format(rows.format(LONG), columns.format(LONG), "a"))),
    )
    yield "days.ods", odf("spreadsheet", sheet.format(
        '<table:table-row><table:table-cell office:value-type="date" office:date-value="99999-01-01">'
        '<text:p>1.1.99999</text:p></table:table-cell><table:table-cell office:value-type="float"'
        ' office:value="x"><text:p>7</text:p></table:table-cell></table:table-row>'
    ))  # fmt: skip
    yield (
        "spaces.odt",
        odf("text", f"<text:p>a<text:s text:c='{LONG}'/><text:s text:c='99999999999'/>b</text:p>"),
    )
    yield "deep.odt", odf("text", "<text:span>" * 3000 + "a" + "</text:span>" * 3000)
    yield "deep.ods", odf("spreadsheet", sheet.format(
        "<table:table-row><table:table-cell>" + "<text:p>" * 3000 + "</text:p>" * 3000
        + "</table:table-cell></table:table-row>"
    ))  # fmt: skip
    yield "bomb.zip", zipped({"a.txt": " " * 2**26})
    yield "slashes.zip", zipped({"../../a.txt": PAGE, "/etc/a.txt": PAGE, "C:\\a.txt": PAGE})
    inner = zipped({"a.txt": PAGE})
    for _ in range(6):
        inner = zipped({"a.zip": inner})
    yield "nested.zip", inner
    yield "names.zip", zipped({f"{n}/" * 50 + "a.txt": "hei" for n in range(50)})
    yield (
        "nested.webarchive",
        plistlib.dumps({"WebMainResource": {"WebResourceData": b"<p>" * 5000}}),
    )
    yield "pages.pdf", pdf(6000)
    yield "contents.pdf", pdf(1, b"BT /F1 9 Tf " + b"(hei) Tj " * 3000 + b"ET")
    yield (
        "round.pdf",
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>> endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    )
    yield "cut.pdf", pdf(2)[:-200] + b"%%EOF"


def pdf(pages: int, content: bytes = b"BT /F1 9 Tf (hei) Tj ET") -> bytes:
    """A PDF of so many pages that share one content."""
    kids = " ".join(["3 0 R"] * pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length " + str(len(content)).encode() + b">>stream\n" + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def attacks() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every attack: the name of its file, and its bytes."""
    for name, text in texts():
        yield name, lambda text=text: text.encode("utf-8", "surrogatepass")  # type: ignore[misc]
    for name, data in binaries():
        yield name, lambda data=data: data  # type: ignore[misc]
