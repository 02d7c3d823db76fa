"""How long the register keeps what names people (X1)."""
from __future__ import annotations

from datetime import date

from evaluation.deadlines import day_of, due
from evaluation.register.state import Certificate, Deposit
from evaluation.rules import rule


@rule("X1", permits=date.max)
def name_due(one: Certificate, years: int) -> date:
    """The last day on which a certificate's name and papers are kept: years after the day of the ruling. Its number
    stays, and what became of it."""
    return due(one.ruled_on, years=years)


@rule("X1", permits=date.max)
def deposit_due(one: Deposit, years: int) -> date:
    """The last day on which a file of the deposit is kept, with its receipts: years after it was made. What a receipt
    said of each number stays."""
    return due(day_of(one.at), years=years)
