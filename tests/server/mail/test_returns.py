"""What comes back is not lost where it cannot be kept at once, and whoever brings it learns nothing of ours."""

from __future__ import annotations

import aiosmtplib
import pytest

from server.config import ReturnSettings
from server.mail.return_server import taking_returns
from server.mail.returns import ReturnAddresses, Returned
from tests.server.people.test_convening import report


@pytest.mark.rule("R4.2")
async def test_what_cannot_be_kept_now_is_asked_for_again():
    kept, away = list[tuple[str, str]](), [OSError("sqlite:////secret/visiojury.sqlite")]

    async def returned(letter: str, code: str) -> bool:
        if away:
            raise away.pop()
        kept.append((letter, code))
        return True

    addresses = ReturnAddresses("retours.example.org", lambda letter: letter[::-1])
    back_to = addresses.of("0123456789abcdef" * 2)
    settings = ReturnSettings(domain="retours.example.org", port=0)
    async with taking_returns(settings, Returned(addresses, returned)) as port:
        async def deliver() -> object:
            return await aiosmtplib.send(report(back_to), sender="", recipients=[back_to], hostname="127.0.0.1",
                                         port=port, start_tls=False)

        with pytest.raises(aiosmtplib.SMTPDataError) as problem:
            await deliver()
        assert (problem.value.code, problem.value.message) == (451, "4.3.0 try again later")
        await deliver()
    assert kept == [("0123456789abcdef" * 2, "5.2.2")]
