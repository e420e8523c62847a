"""The note on boundaries: of which unit figures are, which one it is today, what not to compare."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.places import Change, Extent, Place
from analysis.places.attribution import Attribution, attribute, older
from analysis.reports.dates import format_day, is_vietnamese, vietnam_time
from analysis.types import Plan, Report


def attribution_of(report: Report) -> Attribution:
    """The unit of the report's period and those of the day on which it was made."""
    plan, made = report.plan, vietnam_time(report.provenance.generated_at).date()
    return attribute(plan.unit_code, report.period, made, _name(plan))


def place_note(report: Report, language: str = "vi") -> str:
    """Whose figures these are and within which boundary, where a reader must know; else ""."""
    found = attribution_of(report)
    notes = (_other_commune(report, found, language), note_of(found, report.period, language))
    return " ".join(note for note in notes if note)


def _other_commune(report: Report, found: Attribution, language: str) -> str:
    """A plan read against the data of a commune that is neither its own nor its successor."""
    code, name = report.commune
    own = {report.plan.unit_code, *(place.code for place in found.now)}
    if not code or code in own:
        return ""
    plan = _name(report.plan)
    if is_vietnamese(language):
        return (
            f"Kế hoạch này của {plan} (mã {report.plan.unit_code}), còn số liệu là của {name} "
            f"(mã {code}): chỉ để xem thử, không dùng để báo cáo."
        )
    return (
        f"This is the plan of {plan} (code {report.plan.unit_code}), but the figures are those of "
        f"{name} (code {code}): for trying out only, not for reporting."
    )


def history_note(plan: Plan, first_year: int, today: date, language: str = "vi") -> str:
    """What to say beside figures that go back to `first_year`; "" where the territory is the
    same."""
    changes = older(plan.unit_code, first_year, today, _name(plan))
    if not changes:
        return ""
    unit, day = changes[0].after, format_day(changes[0].day, language)
    if is_vietnamese(language):
        return (
            f"Số liệu trước ngày {day} là của {_parts(changes, language)}: địa giới khác với "
            f"{unit.name} hiện nay, không so trực tiếp."
        )
    return (
        f"Figures before {day} are those of {_parts(changes, language)}: other boundaries than "
        f"today's {unit.name}, not to be compared directly."
    )


def note_of(found: Attribution, period: int, language: str = "vi") -> str:
    """The note of an attribution; "" where nothing changed."""
    if found.then is None:
        return ""
    if found.ended or found.then not in found.now:
        return " ".join(_gone(found.then, found, language))
    return _begun(found.then, found.begun, period, language) if found.begun else ""


def _gone(then: Place, found: Attribution, language: str) -> list[str]:
    vietnamese, ended = is_vietnamese(language), format_day(then.valid_to or date.max, language)
    old, new = place_label(then, language), _labels(found.now, language)
    texts = [
        f"Số liệu là của {old}, đơn vị hành chính hết hiệu lực sau ngày {ended}."
        if vietnamese
        else f"The figures are those of {old}, a unit that ended after {ended}."
    ]
    if found.now:
        texts.append(
            f"Nay địa bàn này thuộc {new}." if vietnamese else f"Its territory is now in {new}."
        )
    if any(change.extent is Extent.UNKNOWN for change in found.ended):
        texts.append(
            "Nguồn không ghi toàn bộ hay một phần đơn vị cũ nhập vào đơn vị mới."
            if vietnamese
            else "The source does not say whether the whole of it went over or a part."
        )
    texts.append(
        "Địa giới hai đơn vị khác nhau: không cộng, không so số liệu của đơn vị này với đơn vị kia."
        if vietnamese
        else "Their boundaries differ: figures of one are neither added to nor compared with those "
        "of the other."
    )
    return texts


def _begun(then: Place, changes: Sequence[Change], period: int, language: str) -> str:
    day, parts = format_day(changes[0].day, language), _parts(changes, language)
    if is_vietnamese(language):
        return (
            f"{place_label(then, language)} được lập ngày {day} từ {parts}; số liệu năm {period} "
            "trước ngày đó là của các đơn vị cũ, địa giới khác."
        )
    return (
        f"{place_label(then, language)} was formed on {day} from {parts}; figures of {period} "
        "before that day are those of the old units, with other boundaries."
    )


def place_label(place: Place, language: str = "vi") -> str:
    """ "Phường Đăk Bla (mã 23302, Tỉnh Quảng Ngãi)"."""
    code = "mã" if is_vietnamese(language) else "code"
    province = f", {place.province_name}" if place.province_name else ""
    return f"{place.name} ({code} {place.code}{province})"


def _labels(found: Sequence[Place], language: str) -> str:
    return ", ".join(place_label(one, language) for one in found)


def _parts(changes: Sequence[Change], language: str) -> str:
    code, part = ("mã", "một phần ") if is_vietnamese(language) else ("code", "part of ")
    return ", ".join(
        f"{part if one.extent is Extent.PART else ''}{one.before.name} ({code} {one.before.code})"
        for one in changes
    )


def _name(plan: Plan) -> str:
    return f"{plan.unit_kind} {plan.unit_name}"
