"""A seat's own cookies against the doors of a hearing, from within its page."""
from __future__ import annotations

from tests.browser.windows import Window


async def doors(window: Window, *, document: str, capture: str, position: int, publisher: str) -> dict[str, int]:
    """The status each door answers: the stream of events (resumed), somebody's image, a document, a capture."""
    requests = {
        "events": ("GET", "events", None),
        "whep": ("POST", f"whep/{publisher}/main", "v=0\r\n"),
        "document": ("GET", f"documents/{document}/pages/1.webp", None),
        "capture": ("GET", f"captures/{capture}.jpg", None),
    }
    return await window.page.evaluate(
        """async ([requests, position]) => {
            const found = {};
            for (const [name, [method, path, body]] of Object.entries(requests)) {
                const stop = new AbortController();
                const type = body ? {"Content-Type": "application/sdp"} : {};
                const headers = {...type, "Last-Event-ID": String(position)};
                const where = document.body.dataset.seatPath + path;
                const answer = await fetch(where, {method, body, headers, signal: stop.signal});
                found[name] = answer.status;
                stop.abort();
            }
            return found;
        }""",
        [requests, position],
    )
