"""What the code does without: strings that become code, SQL, commands or patterns; parsers that run what they read;
chance that can be guessed; hashes that are broken; connections to wherever somebody says.

`python -m tests.checks.dangerous`
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

MODULES: Mapping[str, str] = {
    **dict.fromkeys(("pickle", "marshal", "shelve", "dill", "jsonpickle", "yaml"), "runs what it reads"),
    **dict.fromkeys(("xml", "lxml", "xmlrpc", "plistlib"), "reads XML with its entities"),
    **dict.fromkeys(("requests", "httpx", "urllib3", "urllib.request", "http.client", "ftplib", "telnetlib",
                     "aiohttp.client"), "connects to wherever it is told"),
    "random": "is no chance for a secret",
}
CALLS: Mapping[str, str] = {
    **dict.fromkeys(("eval", "exec", "compile", "os.system", "os.popen", "subprocess.run", "subprocess.Popen",
                     "subprocess.call", "subprocess.check_output", "asyncio.create_subprocess_shell"),
                    "a string becomes code or a command"),
    **dict.fromkeys(("ClientSession", "aiohttp.ClientSession", "aiohttp.request", "urlopen", "asyncio.open_connection",
                     "socket.create_connection"), "connects to wherever it is told"),
}
CONSTANT_ALONE: Mapping[str, str] = {
    **dict.fromkeys(("text", "sa.text", "exec_driver_sql", "literal_column", "from_string"), "SQL or a template"),
    **{f"re.{name}": "a pattern" for name in (
        "compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer")},
}
"""Their first argument stands in the code: nothing that comes from outside is written into it."""
BROKEN = frozenset({"md5", "sha1", "hashlib.md5", "hashlib.sha1", "hashlib.new", "hashes.MD5", "hashes.SHA1"})
ALLOWED = {
    ("server/cli/doctor.py", "asyncio.open_connection"): "the mail server of the configuration",
    ("server/config/ice_settings.py", "hashlib.sha1"): "what the TURN REST API asks for, as HMAC",
    ("server/people/openid.py", "ClientSession"): "the identity provider of the configuration",
    ("server/media/sfu/whip.py", "re.findall"): "one of two names that stand beside it",
    **{(f"server/documents/demo/{name}.py", "random"): "made people, the same each time" for name in (
        "camera", "card", "faces", "figures")},
}


def refused(source: str) -> Iterator[tuple[int, str, str]]:
    """Line, name and reason."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _module(node, alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from _module(node, node.module)
            yield from ((node.lineno, one.name, "a broken hash") for one in node.names if one.name in BROKEN)
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in BROKEN:
            yield node.lineno, ast.unparse(node), "a broken hash"
        elif isinstance(node, ast.Call):
            yield from _call(node)


def _module(node: ast.stmt, name: str) -> Iterator[tuple[int, str, str]]:
    for forbidden, reason in MODULES.items():
        if name == forbidden or name.startswith(forbidden + "."):
            yield node.lineno, name, reason


def _call(node: ast.Call) -> Iterator[tuple[int, str, str]]:
    name = ast.unparse(node.func)
    short = name.rpartition(".")[2]
    if name in CALLS or (short == "ClientSession" and "." in name):
        yield node.lineno, name, CALLS.get(name, CALLS["ClientSession"])
    kind = CONSTANT_ALONE.get(name) or (CONSTANT_ALONE.get(short) if name != short and short in (
        "exec_driver_sql", "from_string", "literal_column") else None)
    if kind and node.args and not _constant(node.args[0]):
        yield node.lineno, name, f"{kind} made of something else"
    if any(one.arg == "shell" for one in node.keywords):
        yield node.lineno, name, "a string becomes code or a command"


def _constant(node: ast.expr) -> bool:
    """A literal, a constant of a module (by its CAPITALS), what was escaped, or these put together."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.JoinedStr):
        return all(_constant(one) for one in node.values)
    if isinstance(node, ast.FormattedValue):
        return _constant(node.value)
    if isinstance(node, ast.BinOp):
        return _constant(node.left) and _constant(node.right)
    if isinstance(node, ast.IfExp):
        return _constant(node.body) and _constant(node.orelse)
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "re.escape"
    return isinstance(node, ast.Name) and node.id.isupper()


def main() -> int:
    found = [
        f"{path}:{line}: {name}: {reason}"
        for package in ("evaluation", "server", "web")
        for path in sorted(Path(package).rglob("*.py"))
        for line, name, reason in refused(path.read_text(encoding="utf-8"))
        if (path.as_posix(), name) not in ALLOWED
    ]
    print("\n".join(found) or "nothing dangerous is used")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
