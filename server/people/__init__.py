"""People and their ways in (X11, X15)."""
