"""The worker that sends letters, built as the settings say."""
from __future__ import annotations

from server.app.kept_data import Kept
from server.clock import Now
from server.config import MailSettings, address_of
from server.mail.delivery import Delivery, Retries
from server.mail.transports import FolderTransport, SmtpTransport, Transport


def build_delivery(settings: MailSettings, kept: Kept, now: Now) -> Delivery:
    retries = Retries(settings.retry_seconds, settings.retry_at_most_seconds, settings.attempts)
    return Delivery(kept.outbox, _transport(settings), kept.accounts.profile, sender=address_of(settings.sender),
                    reply_to=address_of(settings.reply_to) if settings.reply_to else None, retries=retries, now=now,
                    poll_seconds=settings.poll_seconds)


def _transport(settings: MailSettings) -> Transport:
    if settings.kind == "folder":
        return FolderTransport(settings.folder)
    password = settings.smtp_password_file.read_text("utf-8").strip() if settings.smtp_password_file else None
    return SmtpTransport(settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_user or None,
                         password, settings.smtp_timeout_seconds)
