"""A framework as its TOML file, and as a session keeps the one that it began with in its journal, whole (R1.1):
`framework_to_data` and `framework_from_data` are exact inverses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, cast

from evaluation.codec import FieldError, decode, encode
from evaluation.field_values import written
from evaluation.framework import PHASES, Framework, Mark
from evaluation.rules import N_, RULES, Value

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}", re.ASCII)


class FrameworkError(ValueError):
    """A framework that cannot be used. The message names the field."""


def parse_framework(text: str) -> Framework:
    """The framework a TOML text describes. FrameworkError says which field is wrong and why."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FrameworkError(f"TOML : {error}") from None
    return framework_from_data(data)


def framework_to_data(framework: Framework) -> dict[str, Any]:
    """As `json` writes it, without floats; fractions are in lowest terms."""
    return encode(framework)


def framework_from_data(data: object) -> Framework:
    """The inverse of `framework_to_data`. FrameworkError as for `parse_framework`."""
    try:
        framework = decode(Framework, data)
        _check_texts("", encode(framework))
        _check_values(framework)
        _check_timings(framework)
        _check_blocks(framework)
    except FieldError as error:
        raise FrameworkError(str(error)) from None
    return framework


# What types alone do not say


def _need(fine: bool, field: str, text: str, **values: Value) -> None:
    if not fine:
        raise FieldError(field, text, **values)


def _check_texts(path: str, value: object) -> None:
    if isinstance(value, str):
        _need(bool(written(value)), path, N_("ce texte est vide"))
    children: Iterable[tuple[str, object]] = ()
    if isinstance(value, dict):
        items = cast("dict[str, object]", value).items()
        children = ((f"{path}.{key}" if path else key, one) for key, one in items)
    elif isinstance(value, list):
        children = ((f"{path}[{index}]", one) for index, one in enumerate(cast("list[object]", value)))
    for inner, one in children:
        _check_texts(inner, one)


def _check_values(framework: Framework) -> None:
    _check_code("code", framework.code)
    _need(
        framework.information_page.startswith(("https://", "http://")),
        "information_page",
        N_("une adresse qui commence par https:// est attendue"),
    )
    _check_share("lost_share", framework.lost_share)
    _need(
        set(framework.definitions) == set(Mark),
        "definitions",
        N_("il faut la définition de A et celle de NA, et aucune autre"),
    )
    _need(bool(framework.identity.documents), "identity.documents", N_("la liste est vide"))
    for name in ("presence_seconds", "loop_samples"):
        _need(getattr(framework.identity, name) >= 0, f"identity.{name}", N_("ce nombre est négatif"))
    for name in (
        "presentation_points",
        "reminder",
        "prevention_message",
        "sanctions",
        "appeal_address",
        "blocks",
    ):
        _need(bool(getattr(framework, name)), name, N_("la liste est vide"))
    seen: set[str] = set()
    for index, page in enumerate(framework.jury_guide):
        _check_new(f"jury_guide[{index}].code", page.code, seen)
        _need(bool(page.paragraphs), f"jury_guide[{index}].paragraphs", N_("la liste est vide"))
    for field, number in _counts(framework):
        _need(number > 0, field, N_("un nombre supérieur à zéro est attendu"))
    for field, text in framework.planning.problems():
        raise FieldError(f"planning.{field}", text)
    for field, text in framework.case.problems():
        raise FieldError(f"case.{field}", text)
    for field, text in framework.sitting.problems():
        raise FieldError(f"sitting.{field}", text)


def _counts(framework: Framework) -> Iterator[tuple[str, int]]:
    yield "portfolio_max_pages", framework.portfolio_max_pages
    yield "most_photographs", framework.most_photographs
    if framework.kept_block_validity_months is not None:
        yield "kept_block_validity_months", framework.kept_block_validity_months
    for name, value in encode(framework.delays).items():
        if name != "move_off_holidays":
            yield f"delays.{name}", value


def _check_timings(framework: Framework) -> None:
    announce = framework.announce
    _need(
        list(announce) == sorted(set(announce), reverse=True) and min(announce, default=0) >= 0,
        "announce",
        N_("des secondes avant la fin, de la plus grande à la plus petite, sont attendues"),
    )
    _need(
        set(framework.phases) == set(PHASES),
        "phases",
        N_("il faut exactement : {phases}"),
        phases=", ".join(PHASES),
    )
    for name, timing in framework.phases.items():
        _need(timing.ceiling > 0, f"phases.{name}.ceiling", N_("un nombre supérieur à zéro est attendu"))
        _need(
            0 <= timing.floor <= timing.ceiling,
            f"phases.{name}.floor",
            N_("le minimum doit être entre zéro et le maximum"),
        )
        _need(
            max(timing.floor, 1) <= timing.default <= timing.ceiling,
            f"phases.{name}.default",
            N_("la durée prévue doit être entre le minimum et le maximum"),
        )


def _check_blocks(framework: Framework) -> None:
    seen: set[str] = set()
    for index, block in enumerate(framework.blocks):
        path = f"blocks[{index}]"
        _check_new(f"{path}.code", block.code, seen)
        _need(
            block.rule in RULES,
            f"{path}.rule",
            N_("aucune règle ne porte ce numéro : {rule}"),
            rule=block.rule,
        )
        _check_share(f"{path}.share", block.share)
        _need(bool(block.competencies), f"{path}.competencies", N_("la liste est vide"))
        for place, competency in enumerate(block.competencies):
            _check_new(f"{path}.competencies[{place}].code", competency.code, seen)
        known = {one.code for one in block.competencies}
        for code in block.mandatory:
            _need(
                code in known,
                f"{path}.mandatory",
                N_("{code} n’est pas une compétence de ce bloc"),
                code=code,
            )
        _need(
            len(set(block.mandatory)) == len(block.mandatory),
            f"{path}.mandatory",
            N_("une compétence y est deux fois"),
        )


def _check_code(field: str, code: str) -> None:
    _need(
        CODE.fullmatch(code) is not None,
        field,
        N_("lettres, chiffres, point, tiret seulement : {code}"),
        code=code,
    )


def _check_new(field: str, code: str, seen: set[str]) -> None:
    _check_code(field, code)
    _need(code not in seen, field, N_("le code {code} sert déjà"), code=code)
    seen.add(code)


def _check_share(field: str, share: Fraction) -> None:
    _need(0 < share <= 1, field, N_("une fraction supérieure à 0 et d’au plus 1 est attendue"))
