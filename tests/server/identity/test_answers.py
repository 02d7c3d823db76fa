from __future__ import annotations

import struct

import pytest

from server.identity.answers import opened, packed
from server.identity.presence import Sample
from server.identity.signals import Crop, Signal, Signals

ROW = Signal("portrait", 0.9, "close", "close", "la même", copy=Crop(b"\xff\xd8copy"), live=Crop(b"", 2))


@pytest.mark.parametrize(("kind", "value"), [
    (Signals, Signals((ROW, Signal("text", None, "not_measurable", "glare", "reflet")), None, True, 2)),
    (Signals, Signals((), None, False, None)),
    (Sample, Sample(None, 12.5, 3.0, (bytes(range(256)), b"", b'{"a":1}'), 0.1)),
])
def test_what_is_packed_is_opened_again(kind: type, value: object):
    assert opened(kind, packed(kind, value)) == value


def test_pictures_travel_as_they_are():
    picture = bytes(range(256)) * 400
    assert picture in packed(Sample, Sample(1, 1.0, 1.0, (picture,)))


@pytest.mark.parametrize("wrong", [
    b"", b"\0", struct.pack(">I", 9) + b"{}", struct.pack(">I", 2) + b"{}", struct.pack(">I", 2) + b"{}\0",
    struct.pack(">I", 1) + b"{", *(
        struct.pack(">I", len(text)) + text + struct.pack(">I", 1) + b"x" for text in (
            b'{"faces":1,"luma":1,"deviation":1,"views":[1]}', b'{"faces":1,"luma":1,"deviation":1,"views":[-1]}',
            b'{"faces":1,"luma":1,"deviation":1,"views":["x"]}')),
])
def test_what_is_no_answer_is_refused(wrong: bytes):
    with pytest.raises(ValueError, match=r"cut off|nothing|Sample"):
        opened(Sample, wrong)
