"""The identity figures to look at: a table in Markdown, and score distributions with their ROC curves as a PNG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt

from server.identity.identity_settings import IdentitySettings
from tests.bench.figures import NOT_MEASURED
from tests.bench.scores import roc

SAME, OTHER = "#1f6f5c", "#b4532a"
Two = tuple[Sequence[float], Sequence[float]]
OWN = {"bench", "figure", "value", "unit", "reach", "ok", "quick"}


def table(lines: Sequence[Mapping[str, Any]], path: Path) -> None:
    rows = ["| figure | value | asked | reached | on |", "|---|---|---|---|---|"]
    for line in lines:
        value = NOT_MEASURED if line["value"] is None else f"{line['value']} {line['unit']}".strip()
        reached = {True: "yes", False: "**no**", None: "—"}[line["ok"]]
        on = ", ".join(f"{key.replace('_', ' ')} {one}" for key, one in line.items() if key not in OWN)
        rows.append(f"| {line['figure']} | {value} | {line['reach'] or ''} | {reached} | {on} |")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def plot(documents: Mapping[str, Two], faces: Two, settings: IdentitySettings, path: Path) -> None:
    """Correlations by zone and size, face distances, and one ROC curve for each that has both kinds."""
    figure, axes = plt.subplots(2, 3, figsize=(15, 8.5), layout="constrained")
    places = list(axes.ravel())
    limits = {"portrait": (settings.close_portrait_correlation, settings.far_portrait_correlation),
              "text": (settings.close_text_correlation, settings.far_text_correlation)}  # fmt: skip
    for place, (name, scores) in zip(places, documents.items(), strict=False):
        _heaps(place, scores, (-0.4, 1.0), limits[name.split()[0]])
        place.set(title=name, xlabel="correlation, 20th percentile", ylabel="cases")
    _heaps(places[4], faces, (0.0, 1.2), (settings.close_face_distance, settings.far_face_distance))
    places[4].set(title="face", xlabel="distance", ylabel="pairs")
    curves = {**documents, "face": ([-one for one in faces[0]], [-one for one in faces[1]])}
    for name, (same, other) in curves.items():
        if same and other:
            places[5].step(*roc(same, other), where="post", label=f"{name} ({len(same)} / {len(other)})")
    places[5].set(title="ROC (same / other)", xlabel="others taken for the same", ylabel="same found", xlim=(-0.02, 1))
    places[5].legend(loc="lower right", fontsize=8)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def _heaps(place: Any, scores: Two, span: tuple[float, float], limits: tuple[float, float]) -> None:
    for values, colour, name in zip(scores, (SAME, OTHER), ("same", "other"), strict=True):
        place.hist(values, bins=40, range=span, color=colour, alpha=0.7, label=f"{name} ({len(values)})")
    for limit, name in zip(limits, ("close", "far"), strict=True):
        place.axvline(limit, color="#444", linestyle="--" if name == "close" else ":", linewidth=1, label=name)
    if not any(scores):
        place.text(0.5, 0.5, NOT_MEASURED, transform=place.transAxes, ha="center")
    place.legend(fontsize=8)
