"""What is measured on the document held up: that it is the copy's, its portrait, its text."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from server.identity import zones
from server.identity.check_frames import Frame
from server.identity.detector import Detector
from server.identity.identity_settings import IdentitySettings
from server.identity.pictures import cut, jpeg
from server.identity.prepared_copy import Copy
from server.identity.signal_row import portrait_crop, signal_row
from server.identity.signals import Band, Crop, Signal, SignalName
from server.identity.zones import Comparison, Zone

COMPARED = 3  # frames measured at most, until both zones are


def document_rows(front: Copy, back: Copy | None, seen: Sequence[Frame], detector: Detector | None,
                   settings: IdentitySettings) -> tuple[list[Signal], Frame | None]:  # fmt: skip
    there = sorted((f for f in seen if f.front is not None), key=lambda f: -(f.front.inliers if f.front else 0))
    copy_crop = Crop(jpeg(front.picture, 720))
    if not there:
        code = "wrong_side" if any(frame.back is not None for frame in seen) else "not_found"
        whole = Crop(jpeg(seen[0].picture, 720), seen[0].index)
        return [signal_row("document", None, "not_measurable", code, copy=copy_crop, live=whole),
                signal_row("portrait", None, "not_measurable", "no_document", copy=portrait_crop(front)),
                signal_row("text", None, "not_measurable", "no_document")], None  # fmt: skip
    measured = _measured(front, there[:COMPARED], detector, settings)
    best, comparison = measured[0]
    assert best.front is not None
    code = "found_mirrored" if best.front.mirrored else "found"
    found = signal_row("document", float(best.front.inliers), "close", code, copy=copy_crop,
                 live=Crop(jpeg(comparison.flat, 720), best.index))  # fmt: skip
    rows = [replace(found, near=float(settings.document_inliers))]
    portrait = next((m for m in measured if m[1].portrait.correlation is not None), measured[0])
    text = next((m for m in measured if m[1].text.correlation is not None), measured[0])
    zone = portrait[1].portrait
    if zone.why == "no_print" and detector is None:
        zone = Zone(None, "no_detector")
    live = None if front.portrait is None else Crop(jpeg(cut(portrait[1].flat, front.portrait)), portrait[0].index)
    limits = settings.close_portrait_correlation, settings.far_portrait_correlation
    rows.append(_zone_row("portrait", zone, limits, portrait_crop(front), live))
    limits = settings.close_text_correlation, settings.far_text_correlation
    rows.append(_zone_row("text", text[1].text, limits, copy_crop, Crop(jpeg(text[1].flat, 720), text[0].index)))
    return rows, best


def _measured(front: Copy, there: Sequence[Frame], detector: Detector | None,
              settings: IdentitySettings) -> list[tuple[Frame, Comparison]]:  # fmt: skip
    """Frame after frame until both zones have been measured: a reflection wanders."""
    measured: list[tuple[Frame, Comparison]] = []
    for frame in there:
        assert frame.front is not None
        measured.append((frame, zones.compare(front, frame.picture, frame.front, detector, settings)))
        if all(any(zone.correlation is not None for zone in found) for found in
               ([c.portrait for _, c in measured], [c.text for _, c in measured])):  # fmt: skip
            break
    return measured


def _zone_row(name: SignalName, zone: Zone, limits: tuple[float, float], copy: Crop | None,
              live: Crop | None) -> Signal:  # fmt: skip
    if zone.correlation is None:
        return signal_row(name, None, "not_measurable", zone.why or "no_print", copy=copy, live=live)
    close, far = limits
    band: Band = "close" if zone.correlation >= close else "far" if zone.correlation <= far else "unsure"
    return replace(signal_row(name, zone.correlation, band, band, copy=copy, live=live), near=close, away=far)
