"""A seat's own cookies against the doors of a hearing, from within its page."""
from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from tests.browser.windows import Window


@dataclass(frozen=True)
class Known:
    """What somebody may remember of a hearing."""

    document: str
    capture: str
    position: int
    """The last event they were told."""
    publisher: str


async def doors(window: Window, known: Known) -> dict[str, int]:
    """The status each door answers: the stream of events (resumed), somebody's image, a document, a capture."""
    requests = {
        "events": ("GET", "events", None),
        "whep": ("POST", f"whep/{known.publisher}/main", "v=0\r\n"),
        "document": ("GET", f"documents/{known.document}/pages/1.webp", None),
        "capture": ("GET", f"captures/{known.capture}.jpg", None),
    }
    # From a page that stays: the person's own may leave for another while it learns that it is put out.
    page = await window.context.new_page()
    await page.goto(urljoin(window.page.url, "/link"))
    answers = await page.evaluate(
        """async ([requests, position, seat]) => {
            const found = {};
            for (const [name, [method, path, body]] of Object.entries(requests)) {
                const stop = new AbortController();
                const type = body ? {"Content-Type": "application/sdp"} : {};
                const headers = {...type, "Last-Event-ID": String(position)};
                const where = `/seat/${seat}/${path}`;
                const answer = await fetch(where, {method, body, headers, signal: stop.signal});
                found[name] = answer.status;
                stop.abort();
            }
            return found;
        }""",
        [requests, known.position, window.seat],
    )
    await page.close()
    return answers
