"""What is sealed opens under its own id and key alone, and the master key's file is whole, private, or refused."""
from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from server.storage.key_file import make_key_file, read_key_file, write_key_file
from server.storage.keys import VERSION, Key, MasterKey, Unreadable, new_key, sealed_by


def only(keys: dict[bytes, MasterKey]) -> MasterKey:
    (key,) = keys.values()
    return key


def test_a_sealed_item_opens_under_its_own_id_and_key_alone():
    raw = new_key()
    sealed = Key(raw).seal("one", b"secret")
    assert Key(raw).open("one", sealed) == b"secret"
    assert b"secret" not in sealed
    for key, item, given in ((Key(raw), "two", sealed), (Key(new_key()), "one", sealed),
                             (Key(raw), "one", sealed[:-1] + bytes([sealed[-1] ^ 1])), (Key(raw), "one", b"")):
        with pytest.raises(Unreadable):
            key.open(item, given)


def test_what_is_sealed_says_in_which_form_and_by_which_master_key():
    one, other = MasterKey(new_key()), MasterKey(new_key())
    sealed = one.seal("key:p", b"secret")
    assert (sealed[:1], sealed_by(sealed)) == (VERSION, one.id)
    assert Key(new_key()).seal("p", b"secret")[:1] == VERSION
    for changed in (b"\x02" + sealed[1:], VERSION + other.id + sealed[9:]):
        for key in (one, other):
            with pytest.raises(Unreadable):
                key.open("key:p", changed)


def test_a_digest_needs_the_key_and_the_id():
    key = Key(new_key())
    assert key.digest("one", b"words") == key.digest("one", b"words")
    assert len({key.digest("one", b"words"), key.digest("two", b"words"), Key(new_key()).digest("one", b"words")}) == 3


# The file


def test_the_master_key_is_made_once_for_the_owner_alone(tmp_path: Path):
    path, before = tmp_path / "new" / "master.key", os.umask(0)
    try:
        key = only(make_key_file(path))
    finally:
        os.umask(before)
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path.parent, path)] == [0o700, 0o600]
    assert only(make_key_file(path)).raw == only(read_key_file(path)).raw == key.raw
    assert os.listdir(path.parent) == ["master.key"]


def test_where_there_is_none_there_is_none(tmp_path: Path):
    assert read_key_file(tmp_path / "master.key") == {}
    assert os.listdir(tmp_path) == []


def test_two_keys_keep_their_order(tmp_path: Path):
    keys = [MasterKey(new_key()) for _ in range(2)]
    write_key_file(tmp_path / "k", keys)
    assert list(read_key_file(tmp_path / "k")) == [key.id for key in keys]


def written(text: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(text)
        path.chmod(0o600)

    return write


def shared(path: Path) -> None:
    make_key_file(path)
    path.chmod(0o640)


def altered(path: Path) -> None:
    make_key_file(path)
    whole = path.read_bytes()
    place = len(whole) - 20  # within the key
    path.write_bytes(whole[:place] + (b"A" if whole[place:place + 1] != b"A" else b"B") + whole[place + 1:])


def cut(path: Path) -> None:
    make_key_file(path)
    path.write_bytes(path.read_bytes()[:-9])


DAMAGED = "not a master key, or damaged; put a copy of it back"


@pytest.mark.parametrize(("make", "says"), [
    (shared, "others may read this key; chmod 600 it"),
    (written(b""), DAMAGED), (written(b"short"), DAMAGED), (written(bytes(32)), DAMAGED),
    (written(bytes(9000)), DAMAGED), (written(b"# visiojury-key-1\n"), DAMAGED), (altered, DAMAGED), (cut, DAMAGED),
    (Path.mkdir, "not a file"),
    (lambda path: os.mkfifo(path, 0o600), "not a file"),
    (lambda path: path.symlink_to(path), "cannot be read: Too many levels of symbolic links"),
])  # fmt: skip
def test_what_is_no_key_is_told_in_words(tmp_path: Path, make: Callable[[Path], None], says: str):
    path = tmp_path / "master.key"
    make(path)
    with pytest.raises(ValueError, match=r"master\.key") as told:
        read_key_file(path)
    assert str(told.value) == f"{path}: {says}"
