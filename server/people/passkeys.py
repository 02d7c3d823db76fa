"""Passkeys (Web Authentication Level 3): what a browser is asked, and whether its answer holds. Both factors are in the
key: what the person has, and the finger, face or PIN that the authenticator has asked for."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import (
    bytes_to_base64url,
    options_to_json_dict,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from server.config import SignInSettings
from server.storage.ceremonies import Ceremonies, Purpose
from server.storage.credentials import Credentials, NewPasskey, Passkey
from server.storage.vault import Vault

SITE: Final = "Visiojury"


class NotProven(Exception):
    """`kind` is for the log: late (or answered before), unknown, another (person's), count_back, wrong. `person` where
    the key tells whose it is."""

    def __init__(self, kind: str, person: str | None = None) -> None:
        super().__init__(kind)
        self.kind, self.person = kind, person


@dataclass(frozen=True)
class Site:
    """Whose passkeys: a domain's (the relying party's id), at one origin."""

    domain: str
    origin: str


def site_of(url: str) -> Site | None:
    """None where no browser would make a passkey: at a bare address, and at a name without HTTPS that is not this very
    machine's (a secure context is asked for, and a domain)."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return Site(host, url) if host and (parts.scheme == "https" or host == "localhost") else None
    return None


class Passkeys:
    def __init__(self, credentials: Credentials, ceremonies: Ceremonies, vault: Vault, settings: SignInSettings
                 ) -> None:
        self._credentials, self._ceremonies, self._vault = credentials, ceremonies, vault
        self._milliseconds = settings.ceremony_seconds * 1000

    # A new one

    async def asked_to_add(self, site: Site, person: str, account: str, browser: str) -> dict[str, Any]:
        """`PublicKeyCredentialCreationOptionsJSON`, for the browser that holds this secret."""
        held = await self._credentials.passkeys(person)
        options = webauthn.generate_registration_options(
            rp_id=site.domain, rp_name=SITE, user_id=self._handle(person), user_name=account, user_display_name=account,
            timeout=self._milliseconds, attestation=AttestationConveyancePreference.NONE,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED),
            exclude_credentials=[PublicKeyCredentialDescriptor(one.credential) for one in held])
        await self._ceremonies.begin(Purpose.ADD_PASSKEY, _secret(browser, options.challenge), person=person)
        return options_to_json_dict(options)

    async def made(self, site: Site, person: str, answer: Mapping[str, Any], name: str, browser: str) -> NewPasskey:
        """What the browser has made for this person. NotProven."""
        try:
            given = parse_registration_credential_json(dict(answer))
            challenge = parse_client_data_json(given.response.client_data_json).challenge
        except Exception as unreadable:  # whatever a stranger may have sent: the library reads CBOR and ASN.1
            raise NotProven("wrong") from unreadable
        ceremony = await self._ceremonies.end(Purpose.ADD_PASSKEY, _secret(browser, challenge))
        if ceremony is None or ceremony.person != person:
            raise NotProven("late", person)
        try:
            made = webauthn.verify_registration_response(
                credential=given, expected_challenge=challenge, expected_rp_id=site.domain,
                expected_origin=site.origin, require_user_verification=True)
        except Exception as wrong:  # as above
            raise NotProven("wrong", person) from wrong
        return NewPasskey(made.credential_id, made.credential_public_key, made.sign_count, name)

    # Signing in

    async def asked_to_sign_in(self, site: Site, browser: str) -> dict[str, Any]:
        """`PublicKeyCredentialRequestOptionsJSON`. It names nobody's keys: the authenticator shows those it has."""
        options = webauthn.generate_authentication_options(
            rp_id=site.domain, timeout=self._milliseconds, user_verification=UserVerificationRequirement.REQUIRED)
        await self._ceremonies.begin(Purpose.SIGN_IN, _secret(browser, options.challenge))
        return options_to_json_dict(options)

    async def proven(self, site: Site, answer: Mapping[str, Any], browser: str) -> Passkey:
        """The passkey that has signed, counted on. NotProven."""
        try:
            given = parse_authentication_credential_json(dict(answer))
            challenge = parse_client_data_json(given.response.client_data_json).challenge
        except Exception as unreadable:  # as above
            raise NotProven("wrong") from unreadable
        if await self._ceremonies.end(Purpose.SIGN_IN, _secret(browser, challenge)) is None:
            raise NotProven("late")
        passkey = await self._credentials.passkey(given.raw_id)
        if passkey is None:
            raise NotProven("unknown")
        if given.response.user_handle not in (None, self._handle(passkey.person)):
            raise NotProven("another", passkey.person)
        try:
            # Its count is compared below: going back is told apart from a wrong signature.
            signed = webauthn.verify_authentication_response(
                credential=given, expected_challenge=challenge, expected_rp_id=site.domain,
                expected_origin=site.origin, credential_public_key=passkey.public_key,
                credential_current_sign_count=0, require_user_verification=True)
        except Exception as wrong:  # as above
            raise NotProven("wrong", passkey.person) from wrong
        if not await self._credentials.count_passkey(passkey.key, signed.new_sign_count):
            raise NotProven("count_back", passkey.person)
        return passkey

    def _handle(self, person: str) -> bytes:
        """What an authenticator keeps beside the key. It tells nothing of the person (14.6.1)."""
        return bytes.fromhex(self._vault.digest("passkey-user", person.encode()))


def _secret(browser: str, challenge: bytes) -> str:
    return f"{browser}.{bytes_to_base64url(challenge)}"
