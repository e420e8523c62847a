"""The year's figures once more, by a plain script: pandas, sums and divisions, nothing of ours.

It reads the table of submissions as it lies in the database and knows only the forms' columns.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd
from sqlalchemy import Engine

GROUPS = ("kinh", "minority")


class Year:
    """The submissions of one year that count, as tables of answers."""

    def __init__(self, engine: Engine, year: int) -> None:
        raw = pd.read_sql("SELECT * FROM submission", engine)
        raw = raw[(raw.year == year) & ~raw.superseded.astype(bool)]
        self.rows = raw[raw.state.isin(["stored", "accepted"])]

    def table(self, name: str) -> pd.DataFrame:
        """The answers of a form, or of a repeat, as text; an answer that is not there is NaN."""
        form = name.split(".", maxsplit=1)[0]
        found = []
        for row in self.rows[self.rows.form == form].itertuples():
            said = json.loads(row.answers).get(name) or {}
            rows = said if isinstance(said, list) else [said]
            found += [{"id": row.id, "place": row.village, **one} for one in rows]
        return pd.DataFrame(found)

    def total(self, name: str, columns: Sequence[str], where: dict[str, Any] | None = None) -> int:
        """The sum of columns over rows; nothing said is 0."""
        frame = self.table(name)
        for column, values in (where or {}).items():
            frame = frame[frame[column].astype(str).isin(values)]
        cells = frame.reindex(columns=list(columns))
        return int(cells.apply(pd.to_numeric).fillna(0).to_numpy().sum())

    def count(self, name: str, where: dict[str, Any]) -> int:
        """Rows that meet every condition."""
        frame = self.table(name)
        for column, values in where.items():
            frame = frame[frame[column].astype(str).isin(values)]
        return len(frame)


def percent(top: int, below: int) -> Fraction:
    return Fraction(100 * top, below)


def pair(prefix: str, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Women's columns, and women's and men's."""
    women = [f"{prefix}_{name}_f" for name in names]
    return women, women + [f"{prefix}_{name}_m" for name in names]


def completion(y: Year, grade: str, groups: Sequence[str], sexes: Sequence[str]) -> Fraction:
    ends = [f"{group}_{sex}" for group in groups for sex in sexes]
    where = {"grade_no": [grade]}
    done = y.total("school_year.grade", [f"completed_{end}" for end in ends], where)
    start = y.total(
        "school_year.grade",
        [f"start_{age}_{end}" for age in ("under", "right", "over") for end in ends],
        where,
    )
    return percent(done, start)


def shares(y: Year) -> dict[str, Fraction]:
    """Indicator -> value of the shares by sums; "CODE/dimension=category" for a part."""
    found: dict[str, Fraction] = {}
    bodies = {"body_kind": ["4"]}
    found["LEAD_UNIT"] = percent(
        y.count("leaders_year.body", {**bodies, "key_f": [str(n) for n in range(1, 51)]}),
        y.count("leaders_year.body", bodies),
    )
    for code, prefix, names in (
        ("LEAD_SHARE", "post", ("committee", "department", "service")),
        ("LEAD_MASS", "mass", ("front", "women", "farmers", "veterans", "youth", "labour")),
        ("LEAD_PLAN", "plan", ("party", "committee", "department")),
        ("CADRE_TRAIN", "trained", ("theory", "profession", "management")),
    ):
        women, everyone = pair(prefix, names)
        found[code] = percent(y.total("leaders_year", women), y.total("leaders_year", everyone))
    found["BIZ_F"] = percent(
        y.total("economy_year", ["enterprises_f", "coops_f"]),
        y.total("economy_year", ["enterprises_total", "coops_total"]),
    )
    found["VICTIM_SERV"] = percent(
        y.total("police_year", ["served"]), y.total("police_year", ["detected"])
    )
    found["VICTIM_SERV/sex=2"] = percent(
        y.total("police_year", ["served_f"]), y.total("police_year", ["detected_f"])
    )
    found["VICTIM_SERV/age_band=18-59"] = percent(
        y.total("police_year", ["served_f_18_59", "served_m_18_59"]),
        y.total("police_year", ["detected_f_18_59", "detected_m_18_59"]),
    )
    for code, top, below in (
        ("PERP_COUN", "counselled", "unprosecuted"), ("TRAFF_SERV", "supported", "in_need"),
    ):  # fmt: skip
        found[code] = percent(
            y.total("police_year", [f"{top}_f", f"{top}_m"]),
            y.total("police_year", [f"{below}_f", f"{below}_m"]),
        )
    found["SPC_GBV"] = percent(
        y.count("social_year", {"is_public": ["1"], "has_activities": ["1"]}),
        y.count("social_year", {"is_public": ["1"]}),
    )
    found |= _education(y)
    bodies_ = ("party", "government", "mass", "professional", "service")
    found["ORG_COMMIT"] = percent(
        y.total("commitments_year", [f"{one}_both" for one in bodies_]),
        y.total("commitments_year", [f"{one}_total" for one in bodies_]),
    )
    return found


def _education(y: Year) -> dict[str, Fraction]:
    found = {
        "CURR_GENDER": percent(
            y.count("school_year", {"in_programme": ["1"]}), y.count("school_year", {"nil": ["0"]})
        ),
        "VET_F": percent(
            y.total("school_year", ["vet_f"]), y.total("school_year", ["vet_f", "vet_m"])
        ),
        "MASTER_F": percent(
            y.total("school_year", ["master_f"]) + y.total("leaders_year", ["master_f"]),
            y.total("school_year", ["master_f", "master_m"])
            + y.total("leaders_year", ["master_f", "master_m"]),
        ),
    }
    for code, grade in (("PRIM_COMP", "5"), ("LSEC_COMP", "9")):
        found[code] = completion(y, grade, GROUPS, "fm")
        found[f"{code}/sex=2"] = completion(y, grade, GROUPS, "f")
        found[f"{code}/sex=1"] = completion(y, grade, GROUPS, "m")
        found[f"{code}/ethnicity=Kinh"] = completion(y, grade, ["kinh"], "fm")
        found[f"{code}/ethnicity=DTTS"] = completion(y, grade, ["minority"], "fm")
    return found


def counts(y: Year) -> dict[str, Fraction]:
    """Items of the quarter with the fewest, months with a column, events."""
    news = y.table("news")
    month = news["date"].str[5:7].astype(int)
    items = news["item_kind"] != "5"
    quarters = month[items].sub(1).floordiv(3).value_counts().reindex(range(4), fill_value=0)
    return {
        "NEWS_Q": Fraction(int(quarters.min())),
        "COLUMN_M": Fraction(int(month[news["is_column"] == "1"].nunique())),
        "EVENT_2010": Fraction(y.count("event", {"campaign": ["3"]})),
        "ACT_MONTH": Fraction(y.count("event", {"campaign": ["5"]})),
    }


def registers(y: Year) -> dict[str, Fraction]:
    """Births: sex ratio, adolescent rate, maternal deaths."""
    live = y.table("births").query("live == '1' and res_village.notna()")
    sex = live["sex"].value_counts()
    young = int(live["mother_age"].between(10, 19.999).sum())
    women = y.total("births_month", ["women_10_14", "women_15_19"])
    deaths = y.total("births_month", ["deaths_direct", "deaths_indirect"])
    return {
        "SRB": Fraction(100 * int(sex["1"]), int(sex["2"])),
        "ABR": Fraction(1000 * young, women),
        "MMR": Fraction(100_000 * deaths, len(live)),
    }


def survey(y: Year, listed: dict[str, int]) -> dict[str, float]:
    """Weighted by households listed / households interviewed, and by persons eligible."""
    root = y.table("household")
    root = root[root["result"] == "1"]
    done = root.groupby("place").size()
    weight = {row.id: listed[row.place] / done[row.place] for row in root.itertuples()}
    members = y.table("household.member")
    members["w"] = members["id"].map(weight)
    adult = members[(members["age_years"].astype(float) >= 15) & (members["usual"] == "1")]
    women = adult[(adult["sex"] == "2") & (adult["work7"] == "1")]
    asked = y.table("household.respondent")
    asked["w"] = asked["id"].map(weight) * asked["eligible"].astype(float)
    sex = asked["r_sex"].astype(float)

    def mean(rows: pd.DataFrame, value: pd.Series) -> float:
        known = value.notna() & rows["w"].notna()
        return float((rows["w"] * value)[known].sum() / rows["w"][known].sum())

    hours = asked["care_w"].astype(float)
    reached = pd.to_numeric(asked["reached"])
    return {
        "WAGE_F": 100 * mean(women, (women["status"] == "4").where(women["status"].notna())),
        "AGRI_F": 100 * mean(women, (women["sector"] == "1").where(women["sector"].notna())),
        "CARE_RATIO": mean(asked[sex == 2], hours[sex == 2])
        / mean(asked[sex == 1], hours[sex == 1]),
        "AWARE": 100 * mean(asked, reached.where(asked["r_age"].astype(float) >= 15)),
    }
