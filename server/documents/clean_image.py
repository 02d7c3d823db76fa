"""Child side: a picture decoded and encoded anew, upright, without anything its maker wrote into it."""
from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from server.documents.document_refusals import DocumentRefusal
from server.documents.foreign import check_picture

MILLION = 1_000_000
JPEG_QUALITY = 92
Image.MAX_IMAGE_PIXELS = None  # our own limit is checked from the header, before a pixel is decoded


def clean(data: bytes, options: dict[str, int]) -> tuple[dict[str, object], bytes]:
    check_picture(data)
    picture = _open(data, options["max_pixels"])
    png = picture.format == "PNG"
    try:
        picture.load()
        upright = _flat(_standard_colours(ImageOps.exif_transpose(picture)))
    except (OSError, SyntaxError, ValueError):
        raise DocumentRefusal("damaged") from None
    out = BytesIO()
    if png:
        upright.save(out, "PNG", optimize=False)
    else:
        upright.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return {"pages": 1, "format": "png" if png else "jpeg"}, out.getvalue()


def _open(data: bytes, max_pixels: int) -> Image.Image:
    try:
        picture = Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
    except (OSError, SyntaxError, ValueError):
        raise DocumentRefusal("damaged") from None
    pixels = picture.width * picture.height
    if pixels > max_pixels:
        raise DocumentRefusal("too_many_pixels", size=-(-pixels // MILLION), limit=max_pixels // MILLION)
    # A phone's JPEG may carry a second picture (format MPO): the first is the photograph.
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        raise DocumentRefusal("animated")
    return picture


def _standard_colours(picture: Image.Image) -> Image.Image:
    """To sRGB: the colour profile goes, so its effect must be in the pixels."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK", "L"):
        return picture
    try:
        mine = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, mine, _srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture  # a broken profile spoils colours, not the document
    return turned or picture


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def _flat(picture: Image.Image) -> Image.Image:
    """RGB on white, pixels alone: metadata lives in `info`, which a fresh picture does not have."""
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        fresh = Image.new("RGB", picture.size, "white")
        fresh.paste(picture, mask=picture.getchannel("A"))
        return fresh
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture.convert("RGB"))
    return fresh
