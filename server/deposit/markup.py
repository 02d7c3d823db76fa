"""lxml's reader and writer of XML, which tells a checker of types nothing about itself."""
from __future__ import annotations

from importlib import import_module
from typing import Any, Final

ETREE: Final[Any] = import_module("lxml.etree")
