"""Scripts, styles and pictures. Each start computes one version for the whole tree and serves it under that name, so
that a module's relative imports stay within its version and browsers may keep every file for good."""
from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from evaluation.rules import N_
from server.http.entry import PUBLIC, entry
from server.http.problem import Problem

ROOT = Path(__file__).resolve().parents[2] / "web" / "static"
TYPES = {
    ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
    ".png": "image/png", ".webp": "image/webp", ".ico": "image/vnd.microsoft.icon", ".woff2": "font/woff2",
    ".wav": "audio/wav", ".ogg": "audio/ogg", ".mp3": "audio/mpeg", ".webmanifest": "application/manifest+json",
}
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"


class _Sent(web.FileResponse):
    """Written as every other answer is, whatever the loop. What the system sends by itself (sendfile) never waits in
    our buffer, where `Connection` looks for answers that nobody reads."""

    async def _sendfile(self, request: web.BaseRequest, fobj: IO[Any], offset: int, count: int
                        ) -> AbstractStreamWriter:
        writer = await web.StreamResponse.prepare(self, request)
        assert writer is not None
        return await self._sendfile_fallback(writer, fobj, offset, count)


@dataclass(frozen=True)
class Assets:
    """The files that may be asked for, by their path under `static/`; nothing else is ever opened."""

    files: Mapping[str, Path]
    version: str

    def url(self, path: str) -> str:
        """KeyError for a file that is not there: a page must not name one."""
        if path not in self.files:
            raise KeyError(path)
        return f"/static/{self.version}/{path}"


@cache
def assets(root: Path = ROOT) -> Assets:
    """The tree as it stands when the process starts."""
    files = {one.relative_to(root).as_posix(): one for one in sorted(root.rglob("*"))
             if one.is_file() and one.suffix in TYPES}
    digest = hashlib.sha256()
    for name, path in files.items():
        digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return Assets(files, digest.hexdigest()[:12])


@entry(PUBLIC)
async def serve(request: web.Request) -> web.StreamResponse:
    """`/static/VERSION/PATH` for good, `/static/PATH` (or an older version) with an entity tag to ask again."""
    known = assets()
    first, _, rest = request.match_info["path"].partition("/")
    current = first == known.version
    path = known.files.get(rest if current else request.match_info["path"]) or known.files.get(rest)
    if path is None:
        raise Problem(404, N_("Ce fichier n’existe pas."))
    response = _Sent(path)
    response.headers["Content-Type"] = TYPES[path.suffix]
    response.headers["Cache-Control"] = FOREVER if current else ASK_AGAIN
    return response
