"""Which libraries the server's own process loads: none that opens somebody else's pictures or documents."""
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PICTURES = ("PIL", "cv2", "dlib", "numpy", "onnxruntime", "pikepdf", "pypdfium2", "rapidocr")
"""Neither av, which decodes the live pictures, nor aiortc needs one of them: none is allowed."""
STARTED = """
import asyncio, json, sys
from pathlib import Path
from server.app.running import running
from server.config import read_config

async def main() -> None:
    settings = {"storage.folder": sys.argv[1], "server.port": 0, "identity.workers": 1}
    async with running(read_config(None, settings)) as server:
        assert server.url

asyncio.run(main())
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_no_library_of_pictures_or_documents_is_loaded_in_the_web_process(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", STARTED, str(tmp_path)], capture_output=True, text=True, check=True)
    loaded = json.loads(ended.stdout.splitlines()[-1])
    assert {"av", "aiortc", "aiohttp"} <= set(loaded)
    assert [name for name in PICTURES if name in loaded] == []
