"""Small inputs of our own, of every format; the mutators grow them."""

import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import attacks
from pages import eura2007_page, eura2014_page

_COLUMNS = (
    "Koodi", "Rahasto", "Hankkeen nimi", "Tl", "Viranomainen", "Tila", "Aloituspvm",
    "Päättymispvm", "Toteuttajan nimi", "Myönnetty EU- ja valtion rahoitus",
    "Toteutunut EU- ja valtion rahoitus", "Suunniteltu julkinen rahoitus yhteensä",
    "Toteutunut julkinen rahoitus yhteensä",
)  # fmt: skip
_ROWS = (
    ("S20405", "ESR", "Asukkaat mukaan", "5", "Hämeen ELY-keskus", "Toiminnassa", "1.5.2015",
     "31.12.2016", "Kehittämisyhdistys ry", "46434.00", "12000.50", "57634.00", "15000.25"),
    ("S20406", "ESR", "Työ \"näkyväksi\"", "3", "", "Päättynyt", "2015-05-01", "30.6.2017",
     "Kotkan kaupunki", "1 234,5", "0", "2.000,00 €", "-"),
)  # fmt: skip


def _xml_rows() -> str:
    names = [
        "".join(sign for sign in name.title() if sign.isalpha() and sign.isascii())
        for name in _COLUMNS
    ]
    rows = "".join(
        "<hanke>" + "".join(f"<{n}>{v}</{n}>" for n, v in zip(names, row, strict=True)) + "</hanke>"
        for row in _ROWS
    )
    return f"<?xml version='1.0' encoding='utf-8'?><hankkeet>{rows}</hankkeet>"


def _xlsx() -> bytes:
    def cell(text: str) -> str:
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    rows = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in (_COLUMNS, *_ROWS))
    return attacks.xlsx(rows)


def _letter(page: str) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.fi", "b@example.fi", "Hanke"
    letter.set_content(page)
    letter.add_alternative(attacks.page_html(), subtype="html")
    letter.add_attachment(page.encode(), maintype="text", subtype="plain", filename="a.txt")
    return letter.as_bytes()


def _archive() -> bytes:
    page = attacks.page_html()
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return f"{head}{part}{page}\r\n--b--\r\n".encode()


def _web() -> str:
    return attacks.html(
        "<nav><a href='/'>Etusivu</a></nav><main><h1>Asukkaat mukaan -hanke (ESR)</h1>"
        "<p>Hankkeen toteutusaika on 1.5.2015–31.12.2016. Hanketta rahoittaa Euroopan "
        "sosiaalirahasto, rahoitus 57 634 €.</p><table><tr><th>Hankekoodi<td>S20405"
        "<tr><th>Toteuttaja<td>Kotkan kaupunki</table><ul><li>noin 20 osallistujaa</ul></main>"
    )


def seeds(ending: str) -> Iterator[bytes]:
    """The seeds of a format."""
    new, old = eura2014_page(), eura2007_page()
    rows = "\n".join(";".join(row) for row in (_COLUMNS, *_ROWS))
    texts = {
        "txt": (new, old, new[:1500], attacks.in_prose("noin 20 osallistujaa, 1.1–30.6.2016")),
        "html": (attacks.page_html(), _web(), attacks.html("<table><tr><td>a<td>1</table>")),
        "xml": (_xml_rows(),),
        "csv": (rows, rows.replace(";", ","), rows.replace(";", "\t")),
    }
    for text in texts.get(ending, ()):
        yield text.encode()
    content = "BT /F1 9 Tf 12 TL " + " ".join(
        f"1 0 0 1 50 {780 - 12 * n} Tm ({line}) Tj"
        for n, line in enumerate(
            new.encode("latin-1", "replace").decode("latin-1").split("\n")[:60]
        )
        if "(" not in line and ")" not in line
    )
    whole = {
        "mht": (_archive(),),
        "eml": (_letter(new),),
        "pdf": (attacks.pdf(2, content.encode("latin-1") + b" ET"),),
        "xlsx": (_xlsx(),),
        "docx": (attacks.docx(attacks.paragraphs(new.replace("&", "&amp;").replace("<", "&lt;"))),),
    }
    yield from whole.get(ending, ())
