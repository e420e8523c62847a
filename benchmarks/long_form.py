"""A form of 500 questions, the size of WHO's verbal autopsy form: the same at every run.

WHO's has 564 nodes and 623 KB of XForm. This one asks about invented signs in its manner: a gate
of yes and no, then since when, how often, how bad, only where the gate says yes; labels in two
languages, none the same, hints, required marks, constraints with messages.
"""

from __future__ import annotations

from random import Random

SIGNS = 100  # each five questions
SECTION = 10  # signs to a group
ASIDE = 4  # words of each kind in a hint: brings the form to the size of WHO's
WORDS = (
    "sốt:fever ho:cough đau:pain mệt:fatigue nôn:vomiting phù:swelling khó_thở:breathlessness "
    "chảy_máu:bleeding co_giật:convulsions tiêu_chảy:diarrhoea vàng_da:jaundice "
    "chóng_mặt:dizziness tê:numbness ngất:fainting phát_ban:rash "
    "sụt_cân:weight_loss mất_ngủ:sleeplessness run:trembling ớn_lạnh:chills khàn:hoarseness"
)
PLACES = (
    "đầu:head cổ:neck ngực:chest bụng:belly lưng:back tay_phải:right_arm tay_trái:left_arm "
    "chân_phải:right_leg chân_trái:left_leg mắt:eye tai:ear mũi:nose họng:throat da:skin khớp:joint"
)
TIMES = (
    "buổi_sáng:in_the_morning ban_đêm:at_night sau_khi_ăn:after_meals khi_làm_việc:at_work "
    "lúc_nghỉ:at_rest khi_trời_lạnh:in_cold_weather khi_leo_dốc:when_climbing "
    "lúc_mới_dậy:on_waking khi_nằm:lying_down khi_gắng_sức:on_effort"
)
COLUMNS = (
    *("type", "name", "label::vi", "label::en", "hint::vi", "hint::en"),
    *("required", "required_message::vi", "required_message::en", "relevant"),
    *("constraint", "constraint_message::vi", "constraint_message::en", "appearance"),
)
LANGUAGES = {"::vi": "::Tiếng Việt (vi)", "::en": "::English (en)"}
NEEDED = ("yes", "Câu này cần có câu trả lời.", "This question needs an answer.")


def pairs(text: str) -> list[tuple[str, str]]:
    """(vi, en) of each `vi:en` in `text`."""
    split = (pair.partition(":") for pair in text.split())
    return [(vi.replace("_", " "), en.replace("_", " ")) for vi, _, en in split]


def long_form(form_id: str = "long", signs: int = SIGNS) -> str:
    """The XLSForm as a Markdown table, five questions for each of `signs`."""
    rng = Random(500)
    rows = [_row("today", "today")]
    for number in range(signs):
        if number % SECTION == 0:
            name = f"section_{number // SECTION + 1}"
            title = f"Phần {number // SECTION + 1}", f"Section {number // SECTION + 1}"
            rows.append(_row("begin_group", name, title, appearance=""))
        rows += _sign(rng, number + 1)
        if number % SECTION == SECTION - 1 or number == signs - 1:
            rows.append(_row("end_group", ""))
    head = [
        column.replace(column[-4:], LANGUAGES[column[-4:]]) if "::" in column else column
        for column in COLUMNS
    ]
    return "\n".join([_table("survey", head, rows), _choices(), _settings(form_id)])


def _sign(rng: Random, number: int) -> list[list[str]]:
    """The five questions on one sign."""
    (vi, en), (where, place), (when, time) = (
        rng.choice(pairs(words)) for words in (WORDS, PLACES, TIMES)
    )
    weeks = rng.randint(2, 60)
    sign, in_english = f"{vi} ở {where} {when}", f"{en} of the {place} {time}"
    gate = f"s{number}"
    ask = f"${{{gate}}} = 1"
    asked: dict[str, tuple[str, str, str]] = {
        "": ("select_one know", f"Có bị {sign} trong {weeks} tuần?", f"Any {in_english}?"),
        "_days": ("integer", f"Bị {sign} bao nhiêu ngày?", f"How many days of {in_english}?"),
        "_worst": ("select_one course", f"Nặng nhất {sign} ra sao?", f"Worst {in_english}?"),
        "_care": ("select_multiple care", f"Chữa {sign} ở đâu?", f"Care for the {in_english}?"),
        "_more": ("text", f"Còn gì về {sign}?", f"What else on the {in_english}?"),
    }
    limit = f"Số ngày từ 0 đến {weeks * 7}.", f"The number of days is 0 to {weeks * 7}."
    rows = []
    for suffix, (kind, label, english) in asked.items():
        relevant = f"{ask} and ${{{gate}_days}} > {weeks}" if suffix == "_more" else ask
        bound = (f". >= 0 and . <= {weeks * 7}", *limit) if suffix == "_days" else ("", "", "")
        hint = _aside(rng)
        rows.append(
            _row(kind, gate + suffix, (label, english), hint, relevant if suffix else "", bound)
        )
    return rows


def _aside(rng: Random) -> tuple[str, str]:
    """A hint such as only this question has, in both languages."""
    vi, en = (
        [rng.choice(pairs(words))[side] for words in (WORDS, PLACES, TIMES) for _ in range(ASIDE)]
        for side in (0, 1)
    )
    return f"Kể cả {', '.join(vi)}.", f"Also {', '.join(en)}."


def _row(
    kind: str,
    name: str,
    label: tuple[str, str] = ("", ""),
    hint: tuple[str, str] = ("", ""),
    relevant: str = "",
    constraint: tuple[str, str, str] = ("", "", ""),
    appearance: str = "",
) -> list[str]:
    needed = NEEDED if kind.startswith("select") else ("", "", "")
    return [kind, name, *label, *hint, *needed, relevant, *constraint, appearance]


def _choices() -> str:
    lists = {
        "know": "Có:Yes Không:No Không_biết:Does_not_know Không_trả_lời:No_answer",
        "course": "Nhẹ:Mild Vừa:Moderate Nặng:Severe Rất_nặng:Very_severe Không_rõ:Unclear",
        "care": "Trạm_y_tế:Health_station Bệnh_viện:Hospital Thầy_thuốc_nam:Healer Ở_nhà:At_home",
    }
    rows = [
        [name, str(code), vi, en]
        for name, text in lists.items()
        for code, (vi, en) in enumerate(pairs(text), start=1)
    ]
    head = ["list_name", "name", *(f"label{mark}" for mark in LANGUAGES.values())]
    return _table("choices", head, rows)


def _settings(form_id: str) -> str:
    head = [
        "form_title",
        "title_en",
        "form_id",
        "version",
        "default_language",
        "filled_by",
        "period_field",
    ]
    row = [
        "Phiếu dài để đo",
        "A long form to measure",
        form_id,
        "1",
        "Tiếng Việt (vi)",
        "collector",
        "today",
    ]
    return _table("settings", head, [row])


def _table(sheet: str, head: list[str], rows: list[list[str]]) -> str:
    lines = [f"| {sheet} |" + " |" * len(head)]
    return "\n".join([*lines, *("| | " + " | ".join(row) + " |" for row in [head, *rows])]) + "\n"
