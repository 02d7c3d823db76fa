"""The parts of the benchmarks that only compute: what a wrong one would say of everything else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import misbehaving, sdp
from tests.bench.events import _position, slowest_of_all
from tests.bench.faces import pairs
from tests.bench.figures import Reach, Teller, median, percentile, ratio, significant
from tests.bench.line import TokenBucket
from tests.bench.nuisances import WAYS
from tests.bench.scores import auc, equal_error, equal_error_interval, wilson
from tests.bench.traffic import Stream


def test_median_and_percentile():
    assert [median([]), median([3.0]), median([1.0, 9.0, 2.0]), median([4.0, 1.0, 2.0, 3.0])] == [None, 3.0, 2.0, 2.5]
    hundred = [float(i) for i in range(100, 0, -1)]
    assert [percentile(hundred, share) for share in (0.0, 0.5, 0.99, 1.0)] == [1.0, 50.0, 99.0, 100.0]
    assert percentile([], 0.5) is None


def test_ratio_of_what_was_not_measured_is_not_measured():
    assert [ratio(1.0, 4.0), ratio(None, 4.0), ratio(1.0, None), ratio(1.0, 0.0)] == [0.25, None, None, None]


@pytest.mark.parametrize(("how", "met"), [("at most", (True, True, False)), ("under", (True, False, False)),
                                          ("at least", (False, True, True))])
def test_reach(how: str, met: tuple[bool, ...]):
    assert tuple(Reach(how, 10.0).met(value) for value in (9.0, 10.0, 11.0)) == met
    assert Reach(how, 10.0).met(None) is None


def test_a_comparison_without_the_other_is_never_a_pass():
    assert Reach("at most", None, "janus").met(1.0) is None
    assert Reach("at most", None, "janus").words() == "at most janus (not measured)"
    assert Reach("at most", 24.5, "janus").words() == "at most janus (24.5)"


def test_a_line_has_the_same_fields_whatever_it_says():
    judged = Teller("b").line("f", 9.87654, "ms", Reach("under", 10.0), runs=[1.23456, 2.0], rooms=24)
    assert json.loads(json.dumps(judged)) == {
        "bench": "b", "figure": "f", "value": 9.877, "unit": "ms", "reach": "under 10", "ok": True,
        "runs": [1.235, 2.0], "rooms": 24,
    }
    assert Teller("b").line("f", None, "ms") == {
        "bench": "b", "figure": "f", "value": None, "unit": "ms", "reach": None, "ok": None,
    }


def test_a_quick_run_judges_nothing():
    line = Teller("b", quick=True).line("f", 99.0, "ms", Reach("under", 10.0))
    assert (line["ok"], line["reach"], line["quick"]) == (None, "under 10", True)


def test_judged_before_it_is_rounded():
    assert Teller("b").line("f", 10.00001, "ms", Reach("at most", 10.0))["ok"] is False


def test_significant():
    said = significant({"a": [0.000123456, 0.0, 123456.0], "b": True, "c": "µs", "d": 123456, "e": float("inf")})
    assert said == {"a": [0.0001235, 0.0, 123500.0], "b": True, "c": "µs", "d": 123456, "e": None}


def test_slowest_reader():
    commits = [("one", 5, 10.0), ("one", 6, 10.5), ("two", 3, 11.0)]
    arrivals = {
        "one": [[(4, 9.0), (5, 10.02), (6, 10.51)], [(4, 9.0), (6, 10.6)]],  # the second was told both at once
        "two": [[(3, 11.01)], [(2, 10.9)]],
    }
    took, missed = slowest_of_all(commits, arrivals)
    assert (took, missed) == ([pytest.approx(0.6), pytest.approx(0.1)], 1)
    assert slowest_of_all([("three", 1, 0.0)], arrivals) == ([], 1)


def test_position_of_a_message():
    messages = [b"event: view\nid: 12\ndata: {}", b"id:7\ndata: x", b": still here", b"event: live\ndata: {}"]
    assert [_position(one) for one in messages] == [12, 7, None, None]


def test_loss_is_counted_across_the_end_of_the_numbers():
    stream = Stream(65_533)
    stream.begin()
    for number in (65_534, 65_535, 1, 0, 3):  # one late, one lost
        stream.add(number)
    assert (stream.expected, stream.received) == (6, 5)
    stream.begin()
    assert (stream.expected, stream.received) == (0, 0)


def test_token_bucket_lets_through_its_rate_and_drops_what_would_wait_too_long():
    bucket = TokenBucket(bps=8_000, burst_bytes=1_000, queue_s=0.5)
    assert [bucket.wait(500, 0.0) for _ in range(4)] == [0.0, 0.0, 0.5, None]
    assert bucket.wait(500, 0.5) == pytest.approx(0.5)
    assert bucket.wait(1_000, 60.0) == 0.0


def test_token_bucket_over_a_minute():
    bucket, passed = TokenBucket(bps=1e6, queue_s=0.3), 0
    for i in range(60 * 250):
        if bucket.wait(1_000, i / 250) is not None:  # 2 Mbit/s
            passed += 1_000
    assert passed * 8 / 60 == pytest.approx(1e6, rel=0.01)


def test_a_description_is_read_as_it_is_written():
    local = sdp.Local(("192.0.2.1", 5004), "ufrag", "p" * 24, sdp.Fingerprint("sha-256", "AA:BB"))
    for text, setup in ((sdp.offer("publish", local, {"audio": 1, "video": 2}), "actpass"),
                        (sdp.answer(sdp.offer("view", local, {}), local), "passive")):
        remote = sdp.read(text)
        assert (remote.address, remote.ufrag, remote.password) == (local.address, local.ufrag, local.password)
        assert (remote.fingerprints, remote.setup) == ((local.fingerprint,), setup)
    with pytest.raises(ValueError, match="no candidate"):
        sdp.read("v=0\r\n")


def test_every_benchmark_can_be_found(tmp_path, capsys, monkeypatch):
    assert set(bench.there()) >= {"media_forward", "chrome_bitrate", "events", "misbehaving"}
    monkeypatch.setattr("sys.argv", ["bench", "nothing"])
    with pytest.raises(SystemExit) as ended:
        bench.main()
    assert ended.value.code == 2
    assert "no benchmark named nothing" in capsys.readouterr().err


def test_a_benchmark_that_breaks_leaves_the_others(tmp_path, capsys, monkeypatch):
    def lines(name, out, quick, data):
        if name == "media_forward":
            raise RuntimeError("no")
        yield Teller(name, quick).line("f", 1.0, "ms")

    monkeypatch.setattr(bench, "lines", lines)
    monkeypatch.setattr(bench, "end_on_terminate", lambda: None)
    monkeypatch.setattr("sys.argv", ["bench", "--quick", "--out", str(tmp_path), "media_forward", "events"])
    assert bench.main() == 1
    said = capsys.readouterr()
    assert [json.loads(line)["bench"] for line in said.out.splitlines()] == ["events"]
    assert "media_forward: RuntimeError: no" in said.err


def test_a_mark_beside_a_seat_that_misbehaves_is_measured(tmp_path):
    """All of it works, with real servers; what it measures here says nothing."""
    plan = misbehaving.Plan(sessions=1, runs=1, seconds=0.5, settle_seconds=0.1, ways=("empty_parts", "calls"))
    lines = list(misbehaving.measured(plan, Teller("misbehaving", quick=True), tmp_path))
    assert [line["figure"] for line in lines] == ["mark_beside_empty_parts", "mark_beside_calls"]
    assert [line["marks"] > 0 and line["value"] > 0 and line["without"] > 0 for line in lines] == [True, True]


def test_every_way_to_misbehave_has_a_seat():
    assert {seat for seat, _ in WAYS.values()} <= {"candidate", "organizer", "trainer"}
    assert misbehaving.limit(10.0) == 60.0
    assert misbehaving.limit(40.0) == 80.0


def test_areas_and_equal_errors_of_scores():
    assert [auc([0.9, 0.8], [0.1, 0.2]), auc([0.1], [0.9]), auc([0.5], [0.5]), auc([], [0.1])] == [1.0, 0.0, 0.5, None]
    assert equal_error([0.1, 0.2, 0.3], [0.7, 0.8, 0.9]) == 0.0
    assert equal_error([0.1, 0.2, 0.3, 0.75], [0.7, 0.8, 0.9, 1.0]) == 0.25
    assert equal_error([], [0.5]) is None
    assert equal_error_interval([], []) is None


def test_no_error_among_few_pairs_still_has_an_interval():
    interval = equal_error_interval([0.1] * 38, [0.9] * 38, times=20)
    assert interval is not None
    assert interval[0] == 0.0
    assert round(interval[1], 3) == 0.092
    assert [round(end, 3) for end in wilson(0.5, 100)] == [0.404, 0.596]


def test_pairs_come_of_tables_and_of_folders_one_for_each_person(tmp_path: Path):
    for name in ("a/1.png", "a/2.png", "b/1.png", "c/1.png", "x.jpg", "y.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "master.csv").write_text("file_x,file_y,Decision\nx.jpg,y.jpg,Yes\nx.jpg,gone.jpg,No\n")
    found = [(str(p.one.relative_to(tmp_path)), str(p.other.relative_to(tmp_path)), p.same) for p in pairs(tmp_path)]
    assert found == [("a/1.png", "a/2.png", True), ("a/1.png", "b/1.png", False), ("a/1.png", "c/1.png", False),
                     ("b/1.png", "c/1.png", False), ("x.jpg", "y.jpg", True)]  # fmt: skip
    assert pairs(tmp_path / "nowhere") == []
