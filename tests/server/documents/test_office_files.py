"""Files of word processors: converted by a program that is confined, or refused with the way to save them as PDF."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from server.documents.document_refusals import DocumentRefusal
from server.documents.intake import intake
from server.documents.office_files import Converter, found, office_extension
from tests.pace import patient
from tests.server.documents.samples import LIMITS, pdf, picture

DOCX = b"PK\x03\x04" + bytes(60)
CONVERTER = Converter("", 30, patient(30), 4 << 30, 20_000_000)


def program(folder: Path, script: str) -> Converter:
    """A program that stands for LibreOffice: it finds its arguments as `sys.argv`, and `out` is where the PDF goes."""
    folder.mkdir(exist_ok=True)
    path = folder / "soffice"
    path.write_text("#!/usr/bin/env python3\nimport os, sys, time\n"
                    "out = sys.argv[sys.argv.index('--outdir') + 1] + '/in.pdf'\n" + script, encoding="utf-8")
    path.chmod(0o755)
    return replace(CONVERTER, program=str(path))


def writes(folder: Path) -> Converter:
    made = folder / "made.pdf"
    made.write_bytes(pdf(2))
    return program(folder, f"open(out, 'wb').write(open({str(made)!r}, 'rb').read())\n")


async def refused(data: bytes, name: str, converter: Converter | None) -> str:
    with pytest.raises(DocumentRefusal) as caught:
        await intake(data, name, replace(LIMITS, office=converter))
    return caught.value.code


@pytest.mark.parametrize("name", ["livret.docx", "Livret final.DOCX", "livret.odt", "livret.pptx"])
async def test_what_comes_out_is_taken_as_any_pdf(tmp_path: Path, name: str):
    taken = await intake(DOCX, name, replace(LIMITS, office=writes(tmp_path)))
    assert (taken.kind, taken.pages, taken.media_type) == ("pdf", 2, "application/pdf")


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("time.sleep(60)", id="hangs"),
        pytest.param("os.kill(os.getpid(), 11)", id="crashes"),
        pytest.param("sys.exit(1)", id="gives up"),
        pytest.param("pass", id="makes nothing"),
        pytest.param("open(out, 'wb').write(bytes(30_000_000))", id="writes too much"),
        pytest.param("open(out, 'wb').close()", id="writes nothing"),
        pytest.param("os.symlink('/etc/hostname', out)", id="points elsewhere"),
    ],
)
async def test_a_program_that_misbehaves_is_ended_and_the_file_refused(tmp_path: Path, script: str):
    converter = replace(program(tmp_path, script), wall_seconds=2)
    assert await refused(DOCX, "livret.docx", converter) == "not_converted"


async def test_what_it_makes_is_looked_at_like_any_upload(tmp_path: Path):
    converter = program(tmp_path, "open(out, 'wb').write(b'MZ' + bytes(99))")
    assert await refused(DOCX, "livret.docx", converter) == "kind"


async def test_it_sees_neither_the_network_nor_the_servers_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    secret, passwords = tmp_path / "kept", tmp_path / "passwords"
    secret.mkdir()
    passwords.write_text("localhost:*:*:*:secret", encoding="utf-8")
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    (secret / "master.key").write_text("secret", encoding="utf-8")
    said = (
        "import socket\nfound = os.path.exists({key!r}) or os.environ.get('SECRET') or open({passwords!r}).read()\n"
        "found = found or os.listdir('/run') or os.path.exists('/proc/{process}')\n"
        "try:\n    socket.create_connection(('127.0.0.1', {port}), 2)\n    found = True\n"
        "except OSError:\n    pass\n"
        "sys.exit(1) if found else open(out, 'wb').write(open({made!r}, 'rb').read())\n"
    )
    (tmp_path / "made.pdf").write_bytes(pdf(1))
    monkeypatch.setenv("SECRET", "x")
    with socket.create_server(("127.0.0.1", 0)) as server:
        script = said.format(key=str(secret / "master.key"), port=server.getsockname()[1], process=os.getpid(),
                             made=str(tmp_path / "made.pdf"), passwords=str(passwords))
        converter = replace(program(tmp_path / "bin", script), hidden=(secret,))
        taken = await intake(DOCX, "livret.docx", replace(LIMITS, office=converter))
        assert taken.pages == 1
        assert await refused(DOCX, "livret.docx", replace(converter, hidden=())) == "not_converted"


@pytest.mark.parametrize("name", ["livret.docx", "livret.odt", "livret.pptx"])
async def test_where_none_is_installed_the_way_to_a_pdf_is_told(name: str):
    assert await refused(DOCX, name, None) == "office"
    assert await refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "livret.doc", None) == "office"


async def test_a_name_alone_makes_no_office_file(tmp_path: Path):
    assert office_extension(pdf(1), "livret.docx") is None
    assert await refused(pdf(1), "livret.docx", writes(tmp_path)) == "name_of_pdf"
    assert await refused(picture(), "livret.odt", writes(tmp_path)) == "name_of_image"
    assert await refused(DOCX, "livret.pdf", writes(tmp_path)) == "kind"


@pytest.mark.skipif(found("soffice") is None, reason="LibreOffice is not installed")
async def test_libreoffice_itself_converts():
    there = found("soffice")
    assert there is not None
    converter = replace(CONVERTER, program=there, wall_seconds=patient(90))
    assert (await intake(_odt(), "livret.odt", replace(LIMITS, office=converter))).pages == 1


def _odt() -> bytes:
    """The least that is a text document."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
                         'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                         'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
                         "<office:body><office:text><text:p>Bonjour</text:p></office:text></office:body>"
                         "</office:document-content>")
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
                         'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                         '<manifest:file-entry manifest:full-path="/" '
                         'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
                         '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
                         "</manifest:manifest>")
    return made.getvalue()
