"""The map of collection: villages in shades of what is done, with words and a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis.disclosure import MINIMUM_CELL
from analysis.places.boundaries import Shapes
from analysis.reports import maps
from collector.routes.pages import words
from collector.routes.pages.speech import gettext
from collector.store.collection import VillageVisits

# the least share of households done -> what is said of the village; the last that fits holds
STAGES: tuple[tuple[float, str], ...] = (
    (0.0, words.N_("chưa bắt đầu")),
    (1e-9, words.N_("mới bắt đầu")),
    (0.25, words.N_("dưới một nửa")),
    (0.5, words.N_("quá nửa")),
    (0.9, words.N_("gần xong")),
    (1.0, words.N_("đã xong")),
)
HIDDEN = words.N_("số nhỏ, ẩn")


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the table beside the map; `done` is "" where the village is too small to show."""

    number: int
    name: str
    done: str
    stage: str
    drawn: bool


@dataclass(frozen=True, slots=True)
class VillageMap:
    """The picture and its table."""

    picture: Markup
    places: tuple[Place, ...]


def village_map(shapes: Shapes, villages: Sequence[VillageVisits], title: str) -> VillageMap:
    """`villages` of the register, in the table's order. Those with fewer households than a cell may
    have are drawn without a shade and named without a number."""
    regions, places = [], []
    for number, village in enumerate(villages, start=1):
        share = done(village)
        stage = gettext(HIDDEN if share is None else stage_of(share))
        regions.append(maps.Region(village.code, number, short(village.name), share, stage))
        told = "" if share is None else f"{round(100 * share)}%"
        places.append(Place(number, village.name, told, stage, village.code in shapes))
    drawn = maps.village_map(shapes, regions, title)
    return VillageMap(Markup(drawn), tuple(places))  # noqa: S704 - svg.py escapes what it is given


def done(village: VillageVisits) -> float | None:
    """The share of households that are complete, 0 to 1; None where there are too few."""
    if village.households < MINIMUM_CELL:
        return None
    return min(village.complete / village.households, 1.0)


def stage_of(share: float) -> str:
    """The word for a share; a key of the catalogue."""
    return [word for least, word in STAGES if share >= least][-1]


def short(name: str) -> str:
    """A village's name without its kind, which every one of them has."""
    for kind in ("Tổ dân phố ", "Thôn ", "Bản ", "TDP "):
        if name.startswith(kind) and len(name) > len(kind):
            return name[len(kind) :]
    return name
