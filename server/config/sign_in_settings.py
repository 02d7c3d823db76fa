"""[sign_in], [openid]: how people of the offices sign in (X15)."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from server.config.fields import NotEmpty, Positive


@dataclass(frozen=True)
class SignInSettings:
    """How people of the offices sign in (X15)."""

    password_characters: Annotated[int, Field(ge=12)] = 12
    """At the least. NIST SP 800-63B asks for 8 beside a second factor; ANSSI for 12."""
    password_most_characters: Annotated[int, Field(ge=64)] = 256
    password_own_characters: Positive = 6
    """So many must be left once common words, names and rows are taken out."""
    guesses_at_least: Positive = 1_000_000_000
    """A password is refused that is found in fewer, starting from those of known breaches."""
    argon2_memory_kibibytes: Annotated[int, Field(ge=8)] = 65_536
    """RFC 9106, 4: its second recommendation, with `argon2_passes` and `argon2_lanes`."""
    argon2_passes: Positive = 3
    argon2_lanes: Positive = 4
    argon2_at_once: Positive = 2
    """Computed at the same time: each takes its memory."""
    code_told_seconds: Positive = 300
    """A telephone's clock that is no further from ours is told how far; beyond, its codes are wrong ones."""
    tries_per_hour: Positive = 20
    """With one address of a person, from wherever."""
    ceremony_seconds: Positive = 600
    """How long a challenge, a password that is being set up, or a journey to a provider is good for."""
    link_seconds: Positive = 86_400
    """How long a link to the first account, or back in, is good for: it opens once."""
    fresh_seconds: Positive = 900
    """Who signed in longer ago signs in again before changing what they sign in with."""
    form_bytes: Positive = 32_768
    """A form, or a browser's answer for a passkey."""
    shown_lines: Positive = 20
    """Of the log of sign-ins, on a person's own page."""


@dataclass(frozen=True)
class OpenIdSettings:
    """An identity provider (OpenID Connect Core 1.0); none while `issuer` is empty."""

    issuer: str = ""
    """As the provider writes it."""
    name: NotEmpty = "OpenID Connect"
    """On the button: who the provider is."""
    client_id: str = ""
    client_secret_file: Path | None = None
    """Without it, PKCE alone proves who asks (RFC 7636)."""
    acr_values: tuple[str, ...] = ()
    """The strengths of a sign-in that are asked for, and of which one must be told; none: the provider's own rules."""
    timeout_seconds: Positive = 10
    answer_bytes: Positive = 262_144
    """The longest answer of the provider."""
    keys_seconds: Positive = 3600
    """How long the provider's description and keys are believed."""
    clock_seconds: Annotated[int, Field(ge=0)] = 30
    """By which the provider's clock may differ from ours."""
