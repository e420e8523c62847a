"""Where the official definitions stand."""

from __future__ import annotations

from analysis.types import Text


def strategy(objective: int, target: int, more: Text | None = None) -> Text:
    """The national strategy's target, and the letter that says how its data are collected."""
    vi = (
        f"Chỉ tiêu {target}, mục tiêu {objective}, Chiến lược quốc gia về bình đẳng giới giai đoạn "
        "2021 - 2030 (Nghị quyết 28/NQ-CP ngày 03/3/2021); hướng dẫn thu thập: Công văn "
        "2792/LĐTBXH-BĐG ngày 20/8/2021"
    )
    en = (
        f"Target {target} of objective {objective}, national strategy for gender equality 2021-2030"
        " (Resolution 28/NQ-CP of 3 March 2021); guide to its data: letter 2792/LĐTBXH-BĐG of 20 "
        "August 2021"
    )
    return Text(f"{vi}{'; ' + more.vi if more else ''}", f"{en}{'; ' + more.en if more else ''}")


def plan_only(vi: str, en: str) -> Text:
    """No official definition is known: the plan's own words, and what is taken for them."""
    return Text(
        f"Không tìm thấy định nghĩa chính thức; hiểu theo chữ của kế hoạch: {vi}",
        f"No official definition found; read by the plan's own words: {en}",
    )
