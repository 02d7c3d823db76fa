"""Companies are compared without their names."""
from __future__ import annotations

import pytest

from server.people.companies import plain_company


@pytest.mark.parametrize("written", [
    "Atelier Fournier", "ATELIER FOURNIER SAS", "S.A.R.L. Atelier  Fournier", "atelier-fournier"])
def test_one_company_written_in_several_ways(written: str):
    assert plain_company(written) == "atelier fournier"


def test_others_are_others():
    assert plain_company("Fournier") != plain_company("Atelier Fournier")
    assert plain_company("SARL") == "sarl"
    assert plain_company(" ") == ""
