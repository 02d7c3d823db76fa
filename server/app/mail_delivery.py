"""The worker that sends letters, built as the settings say, and who hears what became of them."""
from __future__ import annotations

from collections.abc import Awaitable, Callable

from server.app.kept_data import Kept
from server.clock import Now
from server.config import MailSettings, ReturnSettings, address_of
from server.mail.delivery import Complete, Delivery, Retries, as_it_is, nobody
from server.mail.returns import ReturnAddresses, Returned
from server.mail.transports import FolderTransport, SmtpTransport, Transport


def build_delivery(settings: MailSettings, kept: Kept, now: Now, *, complete: Complete = as_it_is,
                   returns: ReturnAddresses | None = None, tell: Callable[[], Awaitable[None]] = nobody) -> Delivery:
    retries = Retries(settings.retry_seconds, settings.retry_at_most_seconds, settings.attempts)
    return Delivery(kept.outbox, _transport(settings), kept.accounts.profile, sender=address_of(settings.sender),
                    reply_to=address_of(settings.reply_to) if settings.reply_to else None, retries=retries, now=now,
                    poll_seconds=settings.poll_seconds, complete=complete, tell=tell,
                    returns_to=returns.of if returns is not None else lambda _letter: None)


def _transport(settings: MailSettings) -> Transport:
    if settings.kind == "folder":
        return FolderTransport(settings.folder)
    password = settings.smtp_password_file.read_text("utf-8").strip() if settings.smtp_password_file else None
    return SmtpTransport(settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_user or None,
                         password, settings.smtp_timeout_seconds)


def return_addresses(settings: ReturnSettings, kept: Kept) -> ReturnAddresses | None:
    """None where letters come back to their sender."""
    if not settings.domain:
        return None
    return ReturnAddresses(settings.domain, lambda letter: kept.vault.digest("letter that returns", letter.encode()))


def returned_to(addresses: ReturnAddresses, kept: Kept, wake: Callable[[], None]) -> Returned:
    """That a letter came back is kept before the answer; whom it concerns is told by the worker, once `wake` wakes it.
    """
    async def returned(letter: str, code: str) -> bool:
        known = await kept.letter_reports.returned(letter, code)
        if known:
            wake()
        return known

    return Returned(addresses, returned)
