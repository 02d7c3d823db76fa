"""PDFs as desktop systems, office scanners and mail write them: not quite right, and every reader opens them.

Also forms and notes, with and without an appearance of their own.
"""
from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.server.documents.samples import pdf, saved

WORDS = "J'ai poli la bague en trois passes. D'abord au papier 400, puis au feutre, enfin au coton. Conforme."
BOX = [100, 500, 400, 560]
Fields = dict[str, Any]


class Plain:
    """One page that says "Livret", written by hand; each part can be got wrong."""

    def __init__(self) -> None:
        content = b"BT /F1 20 Tf 60 700 Td (Livret) Tj ET"
        self.parts = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate 0/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
        self.front, self.shift, self.size = b"", 0, 6
        self.more_rows, self.before_table, self.start, self.end = b"", b"", "", b"\n%%EOF\n"

    def written(self) -> bytes:
        body, places = b"%PDF-1.4\n", []
        for number, part in enumerate(self.parts, 1):
            places.append(len(body))
            body += b"%d 0 obj\n" % number + part + b"\nendobj\n"
        body += self.before_table
        start = self.start or str(len(body))
        rows = b"".join(b"%010d 00000 n \n" % (place + self.shift) for place in places) + self.more_rows
        count = len(rows) // 20 + 1
        table = b"xref\n0 %d\n0000000000 65535 f \n" % count + rows
        trailer = b"trailer\n<</Size %d/Root 1 0 R>>\n" % self.size
        return self.front + body + table + trailer + b"startxref\n" + start.encode() + self.end


def plain(**wrong: Any) -> bytes:
    made = Plain()
    for name, value in wrong.items():
        assert hasattr(made, name)
        setattr(made, name, value)
    return made.written()


def with_page(changed: tuple[bytes, bytes], **wrong: Any) -> bytes:
    """The same with one thing of its page written otherwise."""
    made = Plain()
    assert changed[0] in made.parts[2]
    return plain(parts=[*made.parts[:2], made.parts[2].replace(*changed), *made.parts[3:]], **wrong)


ORDINARY = {
    "as it should be": plain(),
    "an object at offset zero": plain(more_rows=b"0000000000 00000 n \n", size=7),
    "a wrong size": plain(size=9),
    "a key twice": with_page((b"/Rotate 0", b"/Rotate 0/Rotate 0")),
    "the table one byte away": plain(shift=1),
    "the place of the table unknown": plain(start="0"),
    "blanks before the table": plain(before_table=b" \n \n", start=""),
    "without its last word": plain(end=b"\n"),
    "a note that is nothing": with_page((b"/Rotate 0", b"/Annots[0 0 R]")),
    "a byte order mark in front": b"\xef\xbb\xbf" + plain(),
    "a blank line in front": b"\r\n" + plain(),
    "a letter's header in front": b"From: <lina@example.org>\r\nSubject: livret\r\n\r\n" + plain(),
    "a print job around": b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n" + plain() + b"\x1b%-12345X@PJL EOJ\r\n",
    "a server's remark behind": plain() + b"\n<!-- served in 12 ms -->\n",
    "a scanner's padding behind": plain() + bytes(4096),
}  # fmt: skip


# Forms and notes -------------------------------------------------------------------------------------------------


def annotated(fields: Fields, rotate: int = 0, media_box: list[int] | None = None) -> pikepdf.Pdf:
    document = pikepdf.open(BytesIO(pdf(1)))
    page = document.pages[0].obj
    page.Rotate = rotate
    if media_box is not None:
        page.MediaBox = Array(media_box)
    made = Dictionary(Type=Name.Annot, F=4, P=page, Rect=BOX)
    for name, value in fields.items():
        made[f"/{name}"] = _nested(value)
    page.Annots = document.make_indirect(Array([document.make_indirect(made)]))
    return document


def _nested(value: Any) -> Any:
    return Array(map(_nested, value)) if isinstance(value, list) else value


def note(kind: str, fields: Fields | None = None, rotate: int = 0, media_box: list[int] | None = None) -> bytes:
    return saved(annotated({"Subtype": Name(f"/{kind}"), **(fields or {})}, rotate, media_box))


def form(fields: Fields, need: bool = False, appearance: bytes | None = None) -> bytes:
    """A page with one field, of text unless it is said otherwise."""
    common = {"Subtype": Name.Widget, "FT": Name.Tx, "T": "champ", "DA": "/Helv 11 Tf 0 g"}
    document = annotated({**common, **fields})
    field = document.pages[0].obj.Annots[0]
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    fonts = Dictionary(Font=Dictionary(Helv=document.make_indirect(helvetica)))
    if appearance is not None:
        shape = Stream(document, appearance, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 300, 60])
        shape.Resources = fonts
        field.AP = Dictionary(N=document.make_indirect(shape))
    document.Root.AcroForm = Dictionary(Fields=Array([field]), DR=fonts, DA=String("/Helv 11 Tf 0 g"))
    if need:
        document.Root.AcroForm.NeedAppearances = True
    return saved(document)


def said(*lines: str) -> bytes:
    """What draws these lines, as the appearance of a field."""
    rows = b" ".join(b"(%b) ' " % line.encode("cp1252") for line in lines)
    return b"/Tx BMC q BT /Helv 11 Tf 12 TL 2 56 Td " + rows + b"ET Q EMC"


def only_acrobat_shows() -> bytes:
    document = pikepdf.open(BytesIO(pdf(1, "Patientez")))
    document.Root.AcroForm = Dictionary(Fields=Array(), XFA=Stream(document, b"<xdp/>"))
    document.Root.NeedsRendering = True
    return saved(document)


def cover() -> bytes:
    document = pikepdf.open(BytesIO(pdf(1, "Ouvrez ce dossier avec un autre lecteur")))
    document.attachments["livret.pdf"] = pdf(2)
    document.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)
    return saved(document)
