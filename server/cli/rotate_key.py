"""What an administrator does about keys: `visiojury rotate-key`."""
from __future__ import annotations

from server.cli.main import DONE, BadInput, kept_in
from server.config import Config
from server.storage.connecting import tls_of
from server.storage.keys import Unreadable
from server.storage.rotation import rotate
from server.storage.serving import AlreadyServed, serving_alone


async def rotate_key(config: Config) -> int:
    """Refused while a server runs: it would go on with what it remembers."""
    path = config.storage.master_key_file
    async with kept_in(config) as kept:
        try:
            async with serving_alone(config.storage.url, tls_of(config.storage)):
                count = await rotate(kept.database, kept.master)
        except AlreadyServed as problem:
            raise BadInput(str(problem)) from None
        except Unreadable as problem:
            raise BadInput(f"{problem}: damaged, so nothing was changed; put a copy of the database back") from None
        except OSError as problem:
            raise BadInput(f"{problem}; all opens as before: do it again") from None
    print(f"{path}: a new key, and {count} keys sealed anew with it. Copy it apart now: the one before opens nothing "
          "that is kept here any more, only copies of the database made until today, so keep it as long as those")
    return DONE
