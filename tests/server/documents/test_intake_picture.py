"""Pictures that people send: upright, stripped, encoded anew; or refused and why."""
from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from server.documents.document_refusals import DocumentRefusal
from server.documents.intake import intake
from tests.server.documents.samples import LIMITS, pdf, picture, pixel

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


async def refused(data: bytes, name: str = "carte.jpg") -> DocumentRefusal:
    with pytest.raises(DocumentRefusal) as caught:
        await intake(data, name, LIMITS)
    return caught.value


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.rule("R6.2")
@pytest.mark.parametrize(
    ("form", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/jpeg")]
)
async def test_a_picture_is_encoded_anew(form: str, media_type: str) -> None:
    taken = await intake(picture(form), f"carte.{form.lower()}", LIMITS)
    assert (taken.kind, taken.pages, taken.media_type) == ("image", 1, media_type)
    assert opened(taken.data).size == (320, 200)
    red, green, blue = pixel(opened(taken.data), 10, 100)
    assert red > 240
    assert max(green, blue) < 15


@pytest.mark.rule("X1")
async def test_the_turn_is_applied_and_place_and_maker_are_gone() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SECRETMAKER"  # orientation: turn a quarter to the right; maker
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 30.0)  # GPS latitude
    sent = picture(exif=exif, comment=b"SECRETNOTE")
    assert b"SECRETMAKER" in sent
    taken = await intake(sent, "carte.jpg", LIMITS)
    seen = opened(taken.data)
    assert seen.size == (200, 320)
    assert pixel(seen, 100, 20)[0] > 200  # the left half, red, is now on top
    assert pixel(seen, 100, 300)[2] > 200
    assert dict(seen.getexif()) == {}
    assert b"SECRET" not in taken.data
    assert b"Exif" not in taken.data


async def test_transparency_becomes_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")
    taken = await intake(out.getvalue(), "scan.png", LIMITS)
    assert pixel(opened(taken.data), 5, 5) == (255, 255, 255)


def png_that_says(width: int, height: int) -> bytes:
    """A tiny file whose header announces a huge picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


async def test_fifty_megapixels_are_refused() -> None:
    refusal = await refused(picture(size=(8192, 6144)))
    assert (refusal.code, refusal.values) == ("too_many_pixels", {"size": 51, "limit": 40})


async def test_a_picture_bomb_is_refused_from_its_header() -> None:
    refusal = await refused(png_that_says(60_000, 60_000), "scan.png")
    assert (refusal.code, refusal.values) == ("too_many_pixels", {"size": 3600, "limit": 40})


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("lost", [1, 0.5])
async def test_a_picture_cut_short_is_refused(form: str, lost: float) -> None:
    made = picture(form, (640, 480))
    cut = made[: -2 if lost == 1 else int(len(made) * lost)]
    assert (await refused(cut, f"carte.{form.lower()}")).code == "damaged"


async def test_a_picture_whose_middle_is_wrong_is_refused() -> None:
    made = bytearray(picture("PNG", (640, 480)))
    at = made.index(b"IDAT") + 20
    made[at : at + 8] = b"\xff" * 8
    assert (await refused(bytes(made), "carte.png")).code == "damaged"


@pytest.mark.parametrize("name", ["IMG_2041.HEIC", "IMG_2041.jpg", "IMG_2041"])
async def test_heic_is_refused_with_the_way_out(name: str) -> None:
    refusal = await refused(HEIC, name)
    assert refusal.code == "heic"
    assert "capture d’écran" in refusal.in_french()
    assert "Le plus compatible" in refusal.in_french()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(picture() + b"PK\x03\x04" + bytes(40), id="zip behind"),
        pytest.param(picture() + b"<HTML><script>", id="html behind"),
        pytest.param(picture() + pdf(), id="pdf behind"),
        pytest.param(picture("PNG") + b"PK\x03\x04" + bytes(40), id="zip behind a png"),
        pytest.param(picture(comment=b"%PDF-1.7 1 0 obj"), id="pdf in a comment"),
    ],
)
async def test_two_formats_in_one_file_are_refused(data: bytes) -> None:
    name = "carte.png" if data.startswith(b"\x89PNG") else "carte.jpg"
    assert (await refused(data, name)).code == "mixed"


@pytest.mark.parametrize("data", [b"<html><script>" + picture(), b"GIF89a" + bytes(99), b"\xff\xd8\xfe" + bytes(99)])
async def test_other_beginnings_are_refused(data: bytes) -> None:
    assert (await refused(data)).code == "kind"


CHANCE = (b"<svg", b"<?XmL", b"%PDF-", b"<script", b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 16)


@pytest.mark.parametrize("chance", [b"", *CHANCE])
async def test_what_a_phone_adds_behind_its_picture_is_dropped(chance: bytes) -> None:
    """In a film any few bytes stand somewhere."""
    film = b"\0\0\0\x18ftypmp42" + bytes(1500) + chance + bytes(1500)
    taken = await intake(picture() + film, "motion.jpg", LIMITS)
    assert b"ftypmp42" not in taken.data
    assert opened(taken.data).size == (320, 200)


async def test_a_second_picture_behind_the_first_is_dropped() -> None:
    """A depth map or a brighter version, as phones add them."""
    taken = await intake(picture() + picture(size=(64, 40)), "portrait.jpg", LIMITS)
    assert opened(taken.data).size == (320, 200)


async def test_a_phone_names_a_webp_picture_jpg() -> None:
    assert (await intake(picture("WEBP"), "recue.jpg", LIMITS)).kind == "image"


async def test_a_moving_picture_is_refused() -> None:
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "WEBP", save_all=True, append_images=[Image.new("RGB", (8, 8), "blue")])
    assert (await refused(out.getvalue(), "a.webp")).code == "animated"
