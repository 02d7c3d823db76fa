"""Every text a person may read has its English. The French text is the msgid; it is written where it is used.

`python -m tests.checks.texts` refuses a catalogue that lacks a text, has one nobody uses or one untranslated.
`python -m tests.checks.texts --update` puts it right, all but the translating.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

CATALOGUE = Path("web/locales/en/LC_MESSAGES/messages.po")
SOURCES = ("evaluation", "server", "web")

IN_PYTHON = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "say_plural": (2, 3), "Refusal": (2,),
             "Reason": (2,)}
IN_TEMPLATES = {"_": None, "gettext": None, "ngettext": (1, 2)}
IN_SCRIPTS = {"t": None, "tn": (1, 2)}
KINDS = (
    ([("**.py", "python")], IN_PYTHON),
    ([("**/templates/**.*", "jinja2"), ("templates/**.*", "jinja2")], IN_TEMPLATES),
    ([("static/**.js", "tests.checks.texts:calls_in_script")], IN_SCRIPTS),
)
PAGES = {"silent": "false", "newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}
"""As the server reads them; and a template that cannot be read is an error, not one without texts."""

OPTIONS = {"**/templates/**.*": PAGES, "templates/**.*": PAGES}

HEADER = b"""\
# What Visiojury says, in English. The msgid is the French text, as the code has it.
# `make texts` adds and removes entries; `make check` refuses one without its msgstr.
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

PLACE = re.compile(r"\{\w*\}|%\(\w+\)[sd]")


REMARK = re.compile(r"(?:(?<=\s)|(?<=\()|\A)(?:/\*.*?\*/|//[^\n]*)", re.DOTALL)
LITERAL = r"""\"(?:[^\"\\\n]|\\.)*\""""
JOINED = rf"{LITERAL}(?:\s*\+\s*{LITERAL})*"
CALL = re.compile(rf"(?<![\w.$])(tn?)\(\s*({JOINED})(?:\s*,\s*({JOINED}))?(\s*[,)])?")


def calls_in_script(
    file: BinaryIO, _keywords: object, _comment_tags: object, options: object
) -> Iterator[tuple[int, str, str | tuple[str, ...], list[str]]]:
    """Babel's extraction method for the pages' scripts: every `t("…")` and `tn("…", "…", n)` outside a remark. A text
    too long for a line is joined by `+` from several literals, and from nothing else.

    Babel's own sees none that stands in a template literal or in another one's values.
    """
    source = REMARK.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), file.read().decode())
    for found in CALL.finditer(source):
        line, name = source.count("\n", 0, found.start()) + 1, found[1]
        if found[4] is None:
            raise ValueError(f"line {line}: a text is written out, and its values are named: {found[0]}")
        said = ["".join(json.loads(one) for one in re.findall(LITERAL, text)) for text in found.group(2, 3) if text]
        yield line, name, tuple(said) if name == "tn" else said[0], []


def extracted(root: Path = Path()) -> Catalog:
    """All texts under `root`, each with the files it is used in (by that the pages' scripts get theirs)."""
    catalogue = Catalog(locale="en", project="Visiojury", charset="utf-8")
    for folder in (root / name for name in SOURCES if (root / name).is_dir()):
        for methods, keywords in KINDS:
            found = extract_from_dir(folder, method_map=methods, options_map=OPTIONS, keywords=keywords)
            for name, _line, message, _comments, _context in found:
                catalogue.add(message, locations=[(f"{folder.name}/{name}", 0)])
    return catalogue


def read(path: Path = CATALOGUE) -> Catalog:
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def merged(texts: Catalog, known: Catalog) -> Catalog:
    """`texts` with the translations of `known`. Nothing is guessed: a changed text is translated anew."""
    for message in texts:
        if message.id and (old := known.get(message.id)) and isinstance(old.id, type(message.id)):
            message.string = old.string
    return texts


def each(text: object) -> tuple[str, ...]:
    """A message's one text, or its singular and plural."""
    return cast("tuple[str, ...]", text if isinstance(text, tuple) else (text or "",))


def in_scripts(message: Message) -> bool:
    return any(name.endswith(".js") for name, _line in message.locations)


def refused(texts: Catalog, known: Catalog) -> Iterator[str]:
    """What is wrong with the catalogue `known`, given the texts that are in use."""
    for message in texts:
        if not message.id:
            continue
        ids = each(message.id)
        english = known.get(ids[0])
        translated = each(english.string) if english else ()
        if english is None:
            yield f"not in the catalogue (make texts): {ids[0]!r}"
        elif english.fuzzy or not all(translated) or len(translated) != len(ids):
            yield f"not translated: {ids[0]!r}"
        elif set(PLACE.findall("".join(ids))) != set(PLACE.findall("".join(translated))):
            yield f"other places in the translation: {ids[0]!r}"
        elif in_scripts(english) != in_scripts(message):
            yield f"not marked as a script's, or marked in vain (make texts): {ids[0]!r}"
    for message in known:
        if message.id and message.id not in texts:
            yield f"used nowhere (make texts): {message.id!r}"


def update() -> None:
    texts = merged(extracted(), read())
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    written = CATALOGUE.with_suffix(".new")
    with written.open("wb") as file:
        file.write(HEADER)
        write_po(file, texts, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    written.replace(CATALOGUE)


def main() -> int:
    if "--update" in sys.argv[1:]:
        update()
    found = list(refused(extracted(), read()))
    print("\n".join(found) or "every text has its English")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
