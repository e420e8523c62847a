"""An invented report of An Khánh with one result of every kind that a writer can meet.

The texts of the targets are the plan's own; every number is made up. The numbers in SECRETS stand
behind hidden cells and must not appear in any file. (A drawing's coordinates may
hold 77.7, its text may not.)
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from sample_registers import abr, mmr, perp_coun, srb, traff_serv, victim_serv
from sample_results import (
    aware,
    biz_f,
    care_ratio,
    column_m,
    curr_gender,
    lead_unit,
    lsec_comp,
    wage_f,
)

from analysis.types import (
    Plan,
    Provenance,
    Report,
    TargetResult,
    Text,
    VillageProgress,
)

SECRETS = ("77.7137", "77,7137", "77,7", "6173", "6.173", "7919", "7.919", "70.317", "83.519")


def plan() -> Plan:
    """An Khánh's plan with the targets of this sample."""
    results = sample_results()
    return Plan(
        id="an-khanh-2026-2030",
        unit_code="11668",
        unit_name="An Khánh",
        unit_kind="xã",
        place="An Khánh",
        province="thành phố Hải Phòng",
        title="Triển khai thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2026 - 2030 "
        "trên địa bàn xã An Khánh",
        number="",
        issued="tháng 5 năm 2026",
        first_year=2026,
        last_year=2030,
        document="000_5e334d65e6c2e17f.txt",
        legal_bases=(
            "Kế hoạch số 170/KH-UBND ngày 07 tháng 5 năm 2026 của UBND Thành phố Hải Phòng về việc "
            "triển khai Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2030",
            "Quyết định số 2282/QĐ-TTg ngày 31/12/2020 của Thủ tướng Chính phủ",
        ),
        recipients=(
            "Sở Nội vụ (để b/c)",
            "CT, các PCT UBND xã",
            "UB MTTQ VN và các đoàn thể xã",
            "Các phòng, ban chuyên môn, trường học",
            "Các thôn",
            "Lưu: VT",
        ),
        addressee="Sở Nội vụ thành phố Hải Phòng",
        targets=tuple(result.target for result in results),
        notes=(
            Text(
                "Trạm y tế được giao “chỉ tiêu 1, 2, 3, 4 tại mục tiêu 4” nhưng mục tiêu 4 chỉ có "
                "ba chỉ tiêu.",
                "The health station is given targets 1 to 4 of objective 4, which has three.",
            ),
        ),
    )


def sample_results() -> tuple[TargetResult, ...]:
    """One result of every kind, in the plan's order."""
    return (
        lead_unit(), wage_f(), biz_f(), care_ratio(), victim_serv(), perp_coun(), traff_serv(),
        srb(), mmr(), abr(), curr_gender(), lsec_comp(), aware(), column_m(),
    )  # fmt: skip


def sample_report(demonstration: bool = True, formula: bool = False) -> Report:
    """The whole report; with `formula`, texts that a spreadsheet would take for formulas."""
    results = sample_results()
    names = ["Thôn Đông", "Thôn Đoài", "Thôn Trung", "Thôn Bắc"]
    if formula:
        names[0] = '=HYPERLINK("http://example.org")'
        target = replace(results[0].target, verbatim="+SUM(A1:A9) -2", responsible=("@cmd",))
        results = (replace(results[0], target=target), *results[1:])
    progress = tuple(
        VillageProgress(f"AK{i:02d}", name, 120 + i, 100, 96 - 9 * i, 2, 1 + i, i)
        for i, name in enumerate(names, start=1)
    )
    provenance = Provenance(
        generated_at=datetime(2027, 2, 5, 1, 30, tzinfo=UTC),
        code_version="0.1.0+5d00837",
        forms=(
            ("household", "2026.1", 389),
            ("births", "2026.1", 80),
            ("births_month", "2026.1", 12),
        ),
        flagged_left_out=6,
        design=Text(
            "Chọn ngẫu nhiên đơn giản các hộ trong từng thôn; trong mỗi hộ chọn ngẫu nhiên một nữ "
            "và một nam từ 15 tuổi trở lên.",
            "Households by simple random sampling in each village; in each household one woman and "
            "one man aged 15 and over at random.",
        ),
        checksum="5f2b7c0c9f8e1f6a3d4b5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b",
    )  # fmt: skip
    return Report(
        plan=plan(),
        period=2026,
        period_end=date(2026, 12, 31),
        results=results,
        progress=progress,
        provenance=provenance,
        demonstration=demonstration,
        hidden_cells=3,
        ethnic_list="ethnic-1979",
    )
