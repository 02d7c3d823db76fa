"""Which browser somebody used, as far as it is told to people: its family and the system, never more."""
from __future__ import annotations

FAMILIES = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
            ("FxiOS", "Firefox"), ("Chrom", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"))
"""The first that is named counts: most name others, too."""
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
           ("CrOS", "ChromeOS"), ("Linux", "Linux"))


def family(user_agent: str) -> str:
    """ "Firefox, Windows"; empty for what says neither."""
    found = [next((name for part, name in names if part in user_agent), "") for names in (FAMILIES, SYSTEMS)]
    return ", ".join(name for name in found if name)
