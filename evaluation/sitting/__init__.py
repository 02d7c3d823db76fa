"""Sittings of the certification jury: convened, deliberated, decided by three, and minuted (R1.3, R3.9)."""
