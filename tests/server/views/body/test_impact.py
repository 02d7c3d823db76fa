"""The facts for an impact assessment are those of the settings, the frameworks and the code."""
from __future__ import annotations

from dataclasses import fields, replace

import pytest

from evaluation.body.reading_rights import Register
from evaluation.body.terms import certification_of
from server.config import read_config
from server.config.storage_settings import RetentionSettings
from server.views.body.impact import Recipient, recipients, settings_delays, version_of, who_sees
from tests.evaluation.frameworks import POLISHING


@pytest.mark.parametrize("setting", [
    "retention.document_days", "retention.opening_days", "retention.sign_in_days", "retention.answer_days",
    "retention.import_days", "retention.mass_act_days", "limits.login_days", "limits.login_most_days"])
def test_a_delay_of_the_settings_is_told_as_it_is_set(setting: str):
    before = {one.setting: one.lasts for one in settings_delays(read_config(), "en")}
    after = {one.setting: one.lasts for one in settings_delays(read_config(None, {setting: 41}), "en")}
    assert after == before | {setting: "41 days"}


@pytest.mark.rule("X1")
def test_papers_that_name_several_people_are_kept_for_years():
    told = {one.setting: one.lasts for one in settings_delays(read_config(None, {"retention.paper_years": 1}), "en")}
    assert told["retention.paper_years"] == "1 year"


def test_no_delay_of_retention_is_left_out():
    told = {one.setting for one in settings_delays(read_config(), "en")}
    assert {f"retention.{one.name}" for one in fields(RetentionSettings)} <= told


def test_the_delays_of_a_framework_are_told_as_it_has_them():
    delays = replace(POLISHING.delays, evidence_days=1, appeal_months=3, opinion_months=5)
    changed = replace(POLISHING, delays=delays)
    told = version_of(certification_of(changed), changed, "en")
    assert {one.setting: one.lasts for one in told.delays} == {
        "appeal_months": "3 months", "evidence_days": "1 day", "opinion_months": "5 months"}


def test_where_a_framework_is_not_here_only_what_the_register_holds_of_it_is_told():
    told = version_of(certification_of(POLISHING), None, "en")
    assert (told.known, [one.setting for one in told.delays]) == (False, ["opinion_months"])


def test_a_list_is_seen_by_those_whom_it_is_open_to():
    adjustments, jurors = who_sees({Register.ADJUSTMENTS: "Aménagements", Register.JURORS: "Jurés"}, "fr")
    assert (adjustments.whole, adjustments.own) == (["référent handicap"], [])
    assert jurors.whole == [
        "secrétariat de l’organisme certificateur", "membre de la commission",
        "délégation pour désigner un jury d’évaluation", "délégation pour désigner le remplaçant d’un juré"]
    assert jurors.own == ["direction de l’organisme de formation", "responsable de l’organisation",
                          "suppléance du responsable de l’organisation"]


def test_nobody_else_receives_anything_as_the_settings_stand():
    assert recipients(read_config(), "fr") == []


def test_other_servers_are_those_that_the_settings_name_without_their_users():
    config = read_config(None, {
        "storage.database": "postgresql://keeper@db.example.org/jury", "mail.kind": "smtp",
        "mail_returns.domain": "returns.example.org", "ice.stun_urls": ["stun:stun.example.org:3478"],
        "ice.turn_urls": ["turn:relay.example.org:3478?transport=udp", "turns:relay.example.org:443?transport=tcp"],
        "ice.turn_secret_file": "turn.secret", "openid.issuer": "https://login.example.org/realm",
        "openid.client_id": "jury"})
    found = recipients(config, "fr")
    assert [one.where for one in found] == [
        "db.example.org", "", "returns.example.org", "stun.example.org", "relay.example.org", "login.example.org"]
    assert found[3] == Recipient("Découverte d’adresse (STUN)", "stun.example.org", "adresse IP du navigateur")
