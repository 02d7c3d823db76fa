"""The demo's made people, papers, cards and cameras. All drawn from seeds: the same call gives the same bytes."""
from server.documents.demo.camera import camera_clip
from server.documents.demo.card import DrawnCard, identity_card
from server.documents.demo.demo_people import DemoPeople, DemoPerson, demo_people, plain
from server.documents.demo.papers import (
    BRIEF,
    DUE,
    FORMATIVE,
    HANDED_IN,
    agreement,
    brief,
    formative_evaluations,
    mandate,
    photograph,
    portfolio_a,
    portfolio_b,
    ruling,
)

__all__ = [
    "BRIEF",
    "DUE",
    "FORMATIVE",
    "HANDED_IN",
    "DemoPeople",
    "DemoPerson",
    "DrawnCard",
    "agreement",
    "brief",
    "camera_clip",
    "demo_people",
    "formative_evaluations",
    "identity_card",
    "mandate",
    "photograph",
    "plain",
    "portfolio_a",
    "portfolio_b",
    "ruling",
]
