"""Readings of a plan's odd words, and what an officer's decision makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction

from analysis.types import Oddity, Plan, Reading, Resolution, Target

Decided = Mapping[tuple[str, str], Resolution]
"""(id of the target or "" for the plan, id of the oddity) -> the decision in force."""


class Standing(StrEnum):
    """How far the words of a target are settled; the number itself is another matter."""

    SETTLED = "settled"  # one value, nothing open
    READINGS = "readings"  # open, and computed under each reading
    DECISION = "decision"  # open, one value: somebody has to confirm it, or name a unit


def changes_number(reading: Reading) -> bool:
    """True where the reading changes what is computed or compared, not only who answers."""
    return (
        reading.value is not None
        or reading.by is not None
        or reading.from_baseline is not None
        or bool(reading.comparator or reading.variant or reading.measure)
    )


def open_oddities(found: Target | Plan) -> tuple[Oddity, ...]:
    """The oddities that nobody has decided yet."""
    return tuple(oddity for oddity in found.oddities if oddity.resolution is None)


def standing(target: Target) -> Standing:
    """Whether a target is settled, computed under several readings, or waits for a decision."""
    waiting = open_oddities(target)
    if any(changes_number(reading) for oddity in waiting for reading in oddity.readings):
        return Standing.READINGS
    return Standing.DECISION if waiting else Standing.SETTLED


def read_as(target: Target, reading: Reading) -> Target:
    """The target as this reading has it. A level from the baseline is unknown until computed."""
    from_baseline = reading.from_baseline
    return replace(
        target,
        value=_value(target, reading),
        comparator=reading.comparator or target.comparator,
        by=target.by if reading.by is None else reading.by,
        variant=reading.variant or target.variant,
        measure=reading.measure or target.measure,
        from_baseline=target.from_baseline if from_baseline is None else from_baseline,
        responsible=target.responsible if reading.responsible is None else reading.responsible,
        responsible_kinds=target.responsible_kinds if reading.kinds is None else reading.kinds,
        suspected=None,
    )


def _value(target: Target, reading: Reading) -> Fraction | None:
    if reading.from_baseline is not None:
        return None
    return target.value if reading.value is None else reading.value


def resolve(plan: Plan, decided: Decided) -> Plan:
    """The plan as its officers have decided; what they left open stays open.

    A decision for a reading that the plan no longer has is passed over.
    """
    return replace(
        plan,
        targets=tuple(_target(target, decided) for target in plan.targets),
        oddities=tuple(_settled("", oddity, decided) for oddity in plan.oddities),
    )


def chosen(oddity: Oddity) -> Reading:
    """The reading that holds: the decided one, else the first."""
    wanted = oddity.resolution.reading if oddity.resolution else None
    return next((one for one in oddity.readings if one.id == wanted), oddity.readings[0])


def _settled(about: str, oddity: Oddity, decided: Decided) -> Oddity:
    found = decided.get((about, oddity.id))
    known = {reading.id for reading in oddity.readings}
    return replace(oddity, resolution=found) if found and found.reading in known else oddity


def _target(target: Target, decided: Decided) -> Target:
    oddities = tuple(_settled(target.id, oddity, decided) for oddity in target.oddities)
    read = target
    for oddity in oddities:
        if oddity.resolution is not None:
            read = _decided(read, oddity)
    return replace(read, oddities=oddities)


def _decided(target: Target, oddity: Oddity) -> Target:
    """Apply the reading; the suspected value goes only with the doubt that it came from."""
    in_doubt = target.suspected in {reading.value for reading in oddity.readings}
    read = read_as(target, chosen(oddity))
    return read if in_doubt else replace(read, suspected=target.suspected)
