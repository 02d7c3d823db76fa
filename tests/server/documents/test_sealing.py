"""Papers sealed, and what is left of a seal when the paper is changed (X5)."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from aiohttp import web
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from server.documents.case_pdf import draw_case_paper
from server.documents.demo_seal import FILE, NAME, made_seal
from server.documents.seal_check import SealFound, authorities, find_seal
from server.documents.seal_settings import SealSettings
from server.documents.sealing import Seal, SealUnavailable, read_seal
from tests.server.documents.samples import case_paper
from tests.server.views.case.case_readings import all_three

STAMPED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WORDS = "Cachet de la CNHBJO"


@cache
def paper() -> bytes:
    return draw_case_paper(case_paper())


@cache
def key_pair() -> tuple[asn1_x509.Certificate, asn1_keys.PrivateKeyInfo, bytes]:
    """Of a timestamp authority that vouches for itself: as its library wants it, and in PEM."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autorité d’horodatage")])
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(7).not_valid_before(STAMPED - timedelta(days=400))
            .not_valid_after(STAMPED + timedelta(days=4000))
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .sign(key, SHA256()))
    raw = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return (asn1_x509.Certificate.load(made.public_bytes(Encoding.DER)), asn1_keys.PrivateKeyInfo.load(raw),
            made.public_bytes(Encoding.PEM))


@pytest.fixture
async def authority() -> AsyncIterator[str]:
    """A timestamp authority over HTTP: its address."""
    certificate, key, _pem = key_pair()
    stamper = DummyTimeStamper(certificate, key, fixed_dt=STAMPED)

    async def answer(request: web.Request) -> web.Response:
        asked = tsp.TimeStampReq.load(await request.read())
        said = stamper.request_tsa_response(asked)
        return web.Response(body=said.dump(), content_type="application/timestamp-reply")

    app = web.Application()
    app.router.add_post("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


def own(seal: Seal) -> asn1_x509.Certificate:
    found = seal.signer.signing_cert
    assert found is not None
    return found


@pytest.mark.rule("X5")
async def test_a_sealed_paper_is_valid_to_whoever_trusts_its_authority_and_to_nobody_else(tmp_path: Path) -> None:
    seal = read_seal(SealSettings(), tmp_path)
    sealed = await seal.seal(paper(), WORDS)
    assert await find_seal(sealed, (own(seal),)) == SealFound(NAME, True, True, None)
    assert await find_seal(sealed, ()) == SealFound(NAME, True, False, None)
    stranger = read_seal(SealSettings(), _folder(tmp_path, "elsewhere"))
    found = await find_seal(sealed, (own(stranger),))
    assert found == SealFound(NAME, True, False, None)


def _folder(path: Path, name: str) -> Path:
    (path / name).mkdir()
    return path / name


@pytest.mark.rule("X5")
async def test_no_byte_of_a_sealed_paper_can_be_changed(tmp_path: Path) -> None:
    seal = read_seal(SealSettings(), tmp_path)
    sealed = await seal.seal(paper(), WORDS)
    for at in range(40, len(paper()) - 40, 997):
        changed = bytearray(sealed)
        changed[at] ^= 1
        found = await find_seal(bytes(changed), (own(seal),))
        assert found is None or not found.valid, at
    longer = await find_seal(sealed + b"\n% after\n", (own(seal),))
    assert longer == SealFound(NAME, False, True, None)


@pytest.mark.rule("X5", "R7.1")
@pytest.mark.parametrize("which", ["report", "notice", "summons", "decision"])
async def test_a_seal_takes_nothing_from_what_the_paper_claims(tmp_path: Path, which: str) -> None:
    """Each claim of PDF/A-2a and PDF/UA-1, on the sealed file of each paper of a case; the seal holds for whoever
    trusts it, and no longer once a byte is another."""
    seal, drawn = read_seal(SealSettings(), tmp_path), draw_case_paper(all_three()[which])
    sealed = await seal.seal(drawn, WORDS)
    assert sealed.startswith(drawn)
    changed = bytearray(sealed)
    changed[len(drawn) // 2] ^= 1
    found, other = await find_seal(sealed, (own(seal),)), await find_seal(bytes(changed), (own(seal),))
    assert found == SealFound(NAME, True, True, None)
    assert (await find_seal(sealed, ())) == SealFound(NAME, True, False, None)
    assert other is None or not other.valid
    _check_claims(sealed, all_three()[which]["title"])


def _check_claims(sealed: bytes, title: str) -> None:
    with pikepdf.open(BytesIO(sealed)) as document, document.open_metadata() as metadata:
        assert metadata.pdfa_status == "2A"
        assert (str(metadata["pdfuaid:part"]), str(metadata["dc:title"])) == ("1", title)
        root = document.Root
        assert (bool(root.MarkInfo.Marked), str(root.Lang), "/K" in root.StructTreeRoot) == (True, "fr", True)
        assert str(root.OutputIntents[0].S) == "/GTS_PDFA1"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        used = {str(one.S) for one in document.objects
                if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"}
        assert {"/Document", "/H1", "/H2", "/P", "/Table", "/TR", "/TD"} <= used
        assert all(str(page.obj.get("/Tabs", "/S")) == "/S" for page in document.pages)
        embedded = {str(font.get("/BaseFont")) for font in _fonts(document) if _is_embedded(font)}
        assert embedded == {str(font.get("/BaseFont")) for font in _fonts(document)}
        (field,) = root.AcroForm.Fields
        # PDF/A: to be printed and not hidden; PDF/UA: out of the page, with a name that is read out.
        assert (int(field.F) & 0b111111, str(field.TU)) == (0b100, WORDS)
        assert [float(one) for one in field.Rect] == [-9999.0] * 4
        assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"


def _fonts(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font" and "/DescendantFonts" in one]


def _is_embedded(font: pikepdf.Object) -> bool:
    descriptor = font.DescendantFonts[0].FontDescriptor
    return any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


async def test_a_timestamp_authority_says_when(tmp_path: Path, authority: str) -> None:
    seal = read_seal(SealSettings(timestamp_url=authority), tmp_path)
    sealed = await seal.seal(paper(), WORDS)
    at, stamp = round(STAMPED.timestamp() * 1000), key_pair()[0]
    assert await find_seal(sealed, (own(seal), stamp)) == SealFound(NAME, True, True, at)
    assert await find_seal(sealed, (own(seal),)) == SealFound(NAME, True, False, at)


async def test_without_an_answer_from_the_authority_nothing_is_sealed(tmp_path: Path) -> None:
    async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for url in (f"http://127.0.0.1:{port}/", "http://127.0.0.1:1/"):
        seal = read_seal(SealSettings(timestamp_url=url, timestamp_seconds=1), tmp_path)
        with pytest.raises(SealUnavailable):
            await seal.seal(paper(), WORDS)
    server.close()


def test_the_seal_for_demonstration_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first, again = read_seal(SealSettings(), tmp_path), read_seal(SealSettings(), tmp_path)
    assert (first.demonstration, first.name, own(first).dump()) == (True, NAME, own(again).dump())
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


async def test_the_awarding_body_s_own_certificate_seals(tmp_path: Path) -> None:
    file, password = tmp_path / "cachet.p12", tmp_path / "mot-de-passe"
    file.write_bytes(made_seal("CNHBJO", b"secret"))
    password.write_text("secret\n")
    seal = read_seal(SealSettings(certificate_file=file, password_file=password), tmp_path)
    assert (seal.name, seal.demonstration) == ("CNHBJO", False)
    found = await find_seal(await seal.seal(paper(), WORDS), (own(seal),))
    assert found == SealFound("CNHBJO", True, True, None)


@pytest.mark.parametrize(("kept", "password", "said"), [
    (made_seal("CNHBJO", b"secret"), "wrong", "password"), (b"no certificate", "secret", "PKCS#12"),
    (None, "secret", "No such file")])
def test_a_certificate_that_cannot_be_read_is_said(tmp_path: Path, kept: bytes | None, password: str, said: str
                                                   ) -> None:
    file, words = tmp_path / "cachet.p12", tmp_path / "mot-de-passe"
    words.write_text(password)
    if kept is not None:
        file.write_bytes(kept)
    with pytest.raises(ValueError, match=said):
        read_seal(SealSettings(certificate_file=file, password_file=words), tmp_path)


def test_authorities_are_read_from_pem_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "autorites.pem"
    assert authorities(None) == ()
    file.write_bytes(key_pair()[2])
    assert [one.dump() for one in authorities(file)] == [key_pair()[0].dump()]
    file.write_text("nothing")
    with pytest.raises(ValueError, match="PEM"):
        authorities(file)


async def test_a_file_without_a_seal_has_none() -> None:
    assert await find_seal(paper(), ()) is None
    assert await find_seal(b"no paper", ()) is None
