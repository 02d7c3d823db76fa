"""PDFs that people send: what is taken, what is left behind, what is refused and why."""
from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from server.documents.document_refusals import DocumentRefusal
from server.documents.intake import Intake, intake
from tests.server.documents.samples import LIMITS, pdf, picture, saved


async def refused(data: bytes, name: str = "livret.pdf") -> DocumentRefusal:
    with pytest.raises(DocumentRefusal) as caught:
        await intake(data, name, LIMITS)
    return caught.value


def words(document: Intake) -> list[str]:
    return [page.get_textpage().get_text_bounded().strip() for page in pypdfium2.PdfDocument(document.data)]


def everything(data: bytes) -> str:
    """All objects of a PDF as text, streams decoded, so that nothing hides in compression."""
    with pikepdf.open(BytesIO(data)) as document:
        parts: list[str] = []
        for thing in document.objects:
            parts.append(thing.unparse(resolved=True).decode("latin-1"))
            if isinstance(thing, Stream):
                parts.append(thing.read_bytes().decode("latin-1"))
        return "\n".join([*parts, document.trailer.unparse().decode("latin-1")])


@pytest.mark.rule("R4.6")
async def test_a_plain_pdf_keeps_its_pages_and_words() -> None:
    made = pdf(3)
    taken = await intake(made, "Livret A.PDF", LIMITS)
    assert (taken.kind, taken.pages, taken.media_type) == ("pdf", 3, "application/pdf")
    assert words(taken) == ["Bonjour Élève 1", "Bonjour Élève 2", "Bonjour Élève 3"]
    assert taken == await intake(made, "autre.pdf", LIMITS)


@pytest.mark.rule("R4.6")
async def test_ten_pages_are_taken_and_eleven_refused() -> None:
    assert (await intake(pdf(10), "a.pdf", LIMITS)).pages == 10
    refusal = await refused(pdf(11))
    assert (refusal.code, refusal.values) == ("too_many_pages", {"pages": 11, "limit": 10})
    assert "11 pages" in refusal.in_french()
    assert "10" in refusal.in_french()


def armed() -> bytes:
    """A PDF with a script or a way out at every place that has one."""
    document = pikepdf.open(BytesIO(pdf(1)))
    script = document.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert('PAYLOAD')")))
    document.Root.OpenAction = script
    document.Root.AA = Dictionary(WC=script)
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
    document.attachments["PAYLOAD.exe"] = b"MZ PAYLOAD"
    document.docinfo["/Author"] = "PAYLOAD author"
    page = document.pages[0]
    page.obj.AA = Dictionary(O=script)
    page.obj.PieceInfo = Dictionary(App=Dictionary(Private=String("PAYLOAD private")))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 99, 99],
                      A=Dictionary(S=Name.URI, URI=String("https://PAYLOAD.example")))  # fmt: skip
    launch = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9],
                        A=Dictionary(S=Name.Launch, F=String("PAYLOAD.exe")))  # fmt: skip
    page.obj.Annots = document.make_indirect(Array([document.make_indirect(link), document.make_indirect(launch)]))
    form = Stream(document, b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1])
    form.Metadata = Stream(document, b"<x>PAYLOAD</x>")
    form.PieceInfo = Dictionary(Odd=script)
    form.Ref = Dictionary(F=Dictionary(Type=Name.Filespec, F=String("http://PAYLOAD.example/x.pdf")), Page=0)
    page.obj.Resources.XObject = Dictionary(Fm0=document.make_indirect(form))
    page.obj.Resources.Properties = Dictionary(MC0=Dictionary(Odd=script))
    page.obj.Resources.ExtGState = Dictionary(G0=Dictionary(Type=Name.ExtGState, Odd=script))
    return saved(document)


async def test_scripts_attachments_links_and_names_are_gone() -> None:
    before = armed()
    assert everything(before).count("PAYLOAD") >= 10
    taken = await intake(before, "a.pdf", LIMITS)
    after = everything(taken.data)
    for word in ("PAYLOAD", "JavaScript", "/JS", "/OpenAction", "/AA", "/Annots", "/URI", "/Launch", "/EmbeddedFile",
                 "/Names", "/AcroForm", "/Metadata", "/Author"):  # fmt: skip
        assert word not in after, word
    assert words(taken) == ["Bonjour Élève 1"]


async def test_what_was_written_into_a_form_stays_readable_but_the_form_is_gone() -> None:
    document = pikepdf.open(BytesIO(pdf(1)))
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    field = document.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("nom"), V=String("MOREL"), F=4,
        DA=String("/Helv 12 Tf 0 g"), Rect=[100, 500, 300, 530], P=document.pages[0].obj))  # fmt: skip
    document.pages[0].obj.Annots = Array([field])
    document.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True, DA=String("/Helv 12 Tf 0 g"),
                                        DR=Dictionary(Font=Dictionary(Helv=helvetica)))  # fmt: skip
    taken = await intake(saved(document), "a.pdf", LIMITS)
    assert "MOREL" in words(taken)[0]
    assert "/AcroForm" not in everything(taken.data)
    assert "/Widget" not in everything(taken.data)


async def test_pages_keep_what_they_inherit() -> None:
    document = pikepdf.open(BytesIO(pdf(2)))
    parent = document.pages[0].obj.Parent
    parent.MediaBox, parent.Rotate = Array([0, 0, 300, 400]), 90
    for page in document.pages:
        for key in ("/MediaBox", "/CropBox", "/Rotate"):
            if key in page.obj:
                del page.obj[key]
    taken = await intake(saved(document), "a.pdf", LIMITS)
    assert [page.get_size() for page in pypdfium2.PdfDocument(taken.data)] == [(400, 300), (400, 300)]


async def test_a_pdf_with_a_password_is_refused() -> None:
    data = saved(pikepdf.open(BytesIO(pdf())), encryption=pikepdf.Encryption(owner="o", user="u"))
    assert (await refused(data)).code == "encrypted"


def archive() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.html", "<script>alert(1)</script>")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(pdf() + archive(), id="zip behind"),
        pytest.param(archive() + pdf(), id="zip in front"),
        pytest.param(pdf() + b"<html><script>alert(1)</script>", id="html behind"),
        pytest.param(b"<html>" + pdf(), id="html in front"),
        pytest.param(pdf() + picture(), id="picture behind"),
    ],
)
async def test_two_formats_in_one_file_are_refused(data: bytes) -> None:
    assert (await refused(data)).code == "mixed"


async def test_a_zip_whose_comment_looks_like_the_end_of_another_is_refused() -> None:
    hidden = b"PK\x05\x06" + bytes(16) + b"\x01\0"  # an end record of its own, which says that more follows than does
    made = archive()
    data = pdf() + made[:-2] + len(hidden).to_bytes(2, "little") + hidden
    assert zipfile.is_zipfile(BytesIO(data))
    assert (await refused(data)).code == "mixed"


async def test_a_zip_that_ends_inside_the_pdf_trailer_is_refused() -> None:
    made, tail = archive(), b"\n%%EOF\n"
    closed = made[:-2] + len(tail).to_bytes(2, "little") + tail  # the ZIP's own comment is the PDF's end
    data = pdf().removesuffix(b"\n").removesuffix(b"%%EOF") + b"%" + closed
    assert zipfile.is_zipfile(BytesIO(data))
    assert (await refused(data)).code == "mixed"


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
async def test_a_pdf_cut_short_is_refused(share: float) -> None:
    made = pdf(2)
    assert (await refused(made[: int(len(made) * share)])).code == "damaged"
    assert (await refused(made[: int(len(made) * share)] + b"\n%%EOF\n")).code == "damaged"


async def test_a_name_that_lies_is_refused() -> None:
    assert (await refused(b"Bonjour, voici mon livret.\n", "livret.pdf")).code == "kind"
    assert (await refused(picture(), "livret.pdf")).code == "name_of_image"
    assert (await refused(pdf(), "photo.jpg")).code == "name_of_pdf"
    assert (await refused(pdf(), "page.html")).code == "name_of_pdf"
    assert (await refused(b"", "livret.pdf")).code == "empty"
    assert (await intake(pdf(), "livret", LIMITS)).kind == "pdf"


async def test_a_file_too_heavy_is_refused_before_it_is_read() -> None:
    refusal = await refused(b"%PDF-" + bytes(LIMITS.max_bytes))
    assert (refusal.code, refusal.values) == ("too_heavy", {"size": 31, "limit": 30})


def one_page(content: bytes, filtered: list[str]) -> bytes:
    """A page whose content stream is `content`, said to be compressed by `filtered`."""
    names = " ".join(f"/{one}" for one in filtered)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>>",
        f"<</Length {len(content)}/Filter[{names}]>>stream\n".encode() + content + b"\nendstream",
    ]
    out, places = b"%PDF-1.5\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    start = len(out)
    return out + (
        b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n"
        + str(start).encode() + b"\n%%EOF\n"
    )  # fmt: skip


def bomb() -> bytes:
    """Compressed thrice: a few kilobytes that open into 400 megabytes."""
    squeezer = zlib.compressobj(9)
    block = b"0 0 m 9 9 l S\n" * 80_000
    once = b"".join(squeezer.compress(block) for _ in range(360)) + squeezer.flush()
    return zlib.compress(zlib.compress(once, 9), 9)


async def test_a_decompression_bomb_is_refused_in_time() -> None:
    assert (await intake(one_page(zlib.compress(b"0 0 m 9 9 l S"), ["FlateDecode"]), "a.pdf", LIMITS)).pages == 1
    data = one_page(bomb(), ["FlateDecode"] * 3)
    assert len(data) < 5_000
    assert (await refused(data)).code == "too_complex"


async def test_a_stream_of_the_wrong_length_is_mended() -> None:
    """Many programs state it wrong; nothing is lost."""
    content = zlib.compress(b"1 0 0 rg 0 0 300 300 re f")
    made = one_page(content, ["FlateDecode"]).replace(b"/Length %d/" % len(content), b"/Length 11/")
    taken = await intake(made, "a.pdf", LIMITS)
    (page,) = pypdfium2.PdfDocument(taken.data)
    assert page.render().to_pil().convert("RGB").getpixel((150, 150)) == (255, 0, 0)


async def test_a_page_whose_content_cannot_be_read_is_refused_not_shown_empty() -> None:
    made = one_page(zlib.compress(b"n"), ["FlateDecode"])
    assert (await refused(made.replace(b"4 0 obj", b"4 0 xxx"))).code == "damaged"


async def test_an_endless_page_tree_is_refused() -> None:
    made = one_page(zlib.compress(b"n"), ["FlateDecode"]).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")
    assert (await refused(made)).code in ("damaged", "no_pages", "too_complex")


async def test_a_document_without_pages_is_refused() -> None:
    made = BytesIO()
    with pikepdf.new() as nothing:
        nothing.save(made)
    assert (await refused(made.getvalue())).code == "no_pages"
