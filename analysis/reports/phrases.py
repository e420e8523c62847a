"""The sentences of the written report, each in plain administrative Vietnamese and in English.

`phrase` fills one in. Nothing here decides anything: `narrative` chooses the sentences from the
results. Keys name what a sentence says; the placeholders are the same in both languages.
"""

from __future__ import annotations

from analysis.types import Text

PHRASES: dict[str, Text] = {
    # names and headings
    "report": Text("BÁO CÁO", "REPORT"),
    "committee": Text("Ủy ban nhân dân {kind} {name}", "People's Committee of {name}"),
    "abstract": Text(
        "Kết quả thực hiện các chỉ tiêu năm {period} của Kế hoạch {title}",
        "Results in {period} for the targets of the plan “{title}”",
    ),
    "opening": Text(
        "{committee} báo cáo kết quả thực hiện các chỉ tiêu năm {period} như sau:",
        "The {committee} reports the results for the targets in {period} as follows:",
    ),
    "provisional": Text(
        "Số liệu trong báo cáo là số liệu tạm tính đến ngày {generated}; kỳ báo cáo kết thúc ngày "
        "{end}.",
        "All figures are provisional as of {generated}; the reporting period ends on {end}.",
    ),
    "demonstration": Text("BẢN MINH HỌA - SỐ LIỆU GIẢ ĐỊNH", "DEMONSTRATION - INVENTED DATA"),
    "demonstration_line": Text(
        "(Mọi số liệu trong văn bản này là giả định, chỉ để giới thiệu phần mềm)",
        "(Every figure in this document is invented, to show the software)",
    ),
    "part_collection": Text("Tình hình thu thập số liệu", "Collection of data"),
    "part_results": Text("Kết quả thực hiện các chỉ tiêu", "Results for the targets"),
    "part_limits": Text(
        "Hạn chế của số liệu và nội dung cần làm rõ", "Limits of the data and open questions"
    ),
    "part_proposals": Text("Kiến nghị, đề xuất", "Proposals"),
    "overall": Text("Đánh giá chung", "Overview"),
    "objective": Text("Mục tiêu {number}", "Objective {number}"),
    "objective_named": Text("Mục tiêu {number}: {name}", "Objective {number}: {name}"),
    "figure": Text(
        "Hình 1. Khoảng cách từ kết quả năm {period} đến mức chỉ tiêu",
        "Figure 1. Distance from the results of {period} to the targets",
    ),
    # collection
    "sources": Text(
        "Số liệu tính đến hết ngày {end}, được tổng hợp từ: {forms}.",
        "Figures up to {end}, compiled from: {forms}.",
    ),
    "form_count": Text("{form} ({n} phiếu)", "{form} ({n} submissions)"),
    "form_one": Text("{form} ({n} phiếu)", "{form} ({n} submission)"),
    "no_sources": Text(
        "Trong kỳ báo cáo chưa có phiếu nào được sử dụng.",
        "No submission has been used in this period.",
    ),
    "progress": Text(
        "Khảo sát hộ gia đình được triển khai tại {villages} {unit} với {assigned} hộ được phân "
        "công; đã phỏng vấn xong {complete} hộ ({share}), {refused} hộ từ chối, {other} hộ có kết "
        "quả khác (vắng nhà, chuyển đi, phỏng vấn dở dang). Chi tiết tại Phụ lục {annex}.",
        "The household survey covers {villages} villages with {assigned} households assigned; "
        "{complete} interviews are complete ({share}), {refused} households refused, {other} had "
        "another result (absent, moved, partly done). Details: Annex {annex}.",
    ),
    "under": Text("dưới {n}", "fewer than {n}"),
    "slowest": Text(
        "Nơi có tỷ lệ hoàn thành thấp nhất: {village} ({done}/{assigned} hộ).",
        "Lowest completion: {village} ({done} of {assigned} households).",
    ),
    "flagged": Text(
        "Có {n} phiếu còn nghi vấn, chưa được rà soát, không đưa vào tính toán.",
        "{n} submissions are flagged and not yet reviewed; they enter no figure.",
    ),
    "states": Text(
        "Chỉ tính phiếu đã duyệt ({accepted}), hoặc đã kiểm tra mà không có lỗi và không bị đánh "
        "dấu ({stored}). Không tính: đã nhận, chờ xem lại ({flagged}); đã trả lại ({returned}); đã "
        "loại ({excluded}).",
        "Only submissions count that are approved ({accepted}), or checked without a fault and "
        "unflagged ({stored}). Not counted: received, to be looked at ({flagged}); returned "
        "({returned}); excluded ({excluded}).",
    ),
    "none_flagged": Text(
        "Không có phiếu nghi vấn chờ rà soát.", "No flagged submission waits for review."
    ),
    # overview
    "targets_total": Text("Kế hoạch có {n} chỉ tiêu được theo dõi", "The plan has {n} targets"),
    "compound": Text(
        " (chỉ tiêu ghép được tách thành từng phần)", " (compound targets counted by part)"
    ),
    "by_arithmetic": Text(
        "Đối chiếu với mức đề ra theo cách tính của Kế hoạch: {counts}.",
        "By the plan's own arithmetic: {counts}.",
    ),
    "deadline_caution": Text(
        "Mức đối chiếu là mức Kế hoạch đề ra đến hết thời hạn của từng chỉ tiêu (phần lớn đến năm "
        "{deadline}); chưa đạt trong năm {period} không có nghĩa là chậm tiến độ.",
        "The levels compared are those for each target's deadline (mostly {deadline}); not met in "
        "{period} does not mean behind schedule.",
    ),
    "by_statistics": Text(
        "Xét mức độ chắc chắn của số liệu: {counts}.", "By what the data can support: {counts}."
    ),
    "by_trajectory": Text(
        "Xét tiến độ (đường thẳng từ số gốc đến thời hạn): {counts}.",
        "By the straight path from baseline to deadline: {counts}.",
    ),
    "count_of": Text("{n} chỉ tiêu {what}", "{n} {what}"),
    # one target
    "target": Text("Chỉ tiêu", "Target"),
    "target_short": Text("chỉ tiêu {number} mục tiêu {objective}", "target {objective}.{number}"),
    "target_short_single": Text(
        "chỉ tiêu của mục tiêu {objective}", "target of objective {objective}"
    ),
    "result": Text("Kết quả năm {year}: {value}", "Result in {year}: {value}"),
    "interval": Text("khoảng tin cậy 95%: {interval}", "95% confidence interval {interval}"),
    "provisional_value": Text("số liệu tạm tính", "provisional"),
    "means": Text(
        "{numerator}: {first}; {denominator}: {second}.",
        "{numerator}: {first}; {denominator}: {second}.",
    ),
    "qualitative": Text(
        "Chỉ tiêu định tính: Kế hoạch không đặt mức bằng số.",
        "Qualitative: the plan sets no number.",
    ),
    "asked": Text("số quan sát: {n}", "{n} observations"),
    "excluded": Text(
        "{n} trường hợp thiếu thông tin, không tính vào kết quả",
        "{n} without the information, left out",
    ),
    "judged": Text(
        "Theo cách tính của Kế hoạch: {verdict} (mức đề ra: {target}).",
        "By the plan's arithmetic: {verdict} (level set: {target}).",
    ),
    "certainty": Text("Mức độ chắc chắn: {verdict}.", "Certainty: {verdict}."),
    "full_count": Text(
        "Số liệu là thống kê toàn bộ, không có sai số chọn mẫu.",
        "A full count: no sampling error.",
    ),
    "trajectory": Text("Tiến độ: {verdict}.", "Path: {verdict}."),
    "trajectory_expected": Text(
        "Tiến độ: {verdict} (mức cần có trong năm: {expected}).",
        "Path: {verdict} (level due this year: {expected}).",
    ),
    "suspected": Text(
        "Nếu hiểu mức đề ra là {target}: {verdict}.", "If {target} was meant: {verdict}."
    ),
    "reading": Text(
        "Nếu đọc là “{reading}” ({level}): {value}, {verdict}.",
        "If read as “{reading}” ({level}): {value}, {verdict}.",
    ),
    "reading_no_value": Text(
        "Cũng có thể đọc là “{reading}” ({level}).", "It may also be read as “{reading}” ({level})."
    ),
    "reading_unknown": Text(
        "Nếu đọc là “{reading}”: chưa biết mức, cần số của năm trước kế hoạch.",
        "If read as “{reading}”: the level is not known, it takes the year before the plan.",
    ),
    "decided": Text(
        "Đã quyết định ngày {day} theo văn bản {document}. {question} Đọc là “{reading}”. "
        "Lý do: {reason}.",
        "Decided on {day} by document {document}. {question} Read as “{reading}”. "
        "Reason: {reason}.",
    ),
    "undecided": Text(
        "{question} Chưa quyết định; tạm đọc là “{reading}”.",
        "{question} Not decided; read for now as “{reading}”.",
    ),
    "no_targets": Text(
        "Kế hoạch không có chỉ tiêu bằng số. Kế hoạch giao {tasks} nhiệm vụ, {reports} báo cáo, "
        "{activities} hoạt động định kỳ và {inventories} danh mục phải lập.",
        "The plan has no targets in figures. It gives {tasks} tasks, {reports} reports, "
        "{activities} recurring activities and {inventories} inventories.",
    ),
    "pooled": Text("Gộp các năm {years}: {value}.", "Years {years} together: {value}."),
    "nothing_to_pool": Text(
        "Chưa có số liệu các năm trước để gộp.", "No earlier years to add yet."
    ),
    "within": Text("Trong đó: {groups}.", "Of which: {groups}."),
    "for_group": Text("nhóm {groups}", "{groups}"),
    "beside": Text("{figures}.", "{figures}."),
    "months_without": Text("Tháng chưa có", "Months without"),
    "no_month": Text("không có tháng nào", "none"),
    "variant": Text("{name}: {value}.", "{name}: {value}."),
    "level": Text("Mức đề ra: {target}.", "Level set: {target}."),
    "why_not_collected": Text(
        "Chưa có biểu mẫu thu thập số liệu này.", "No form collects these data yet."
    ),
    "why_no_data": Text(
        "Chưa nhận đủ số liệu từ {units}.", "The data of {units} have not all arrived."
    ),
    "why_no_cases": Text(
        "Trong năm không phát sinh trường hợp nào nên không tính tỷ lệ.",
        "No case occurred in the year, so there is no rate.",
    ),
    "why_suppressed": Text(
        "Số liệu không công bố để bảo vệ thông tin cá nhân.",
        "Not published, to protect the persons concerned.",
    ),
    "no_unit": Text("đơn vị chưa được giao trách nhiệm", "a unit not yet named"),
    # limits
    "missing_head": Text("Chỉ tiêu chưa có số liệu", "Targets without data"),
    "missing_nobody": Text("Chưa giao đơn vị chịu trách nhiệm", "No unit responsible"),
    "oddities_head": Text(
        "Nội dung của Kế hoạch cần cấp có thẩm quyền làm rõ",
        "Wording of the plan that needs a decision",
    ),
    "finding": Text("{what}: {targets}.", "{what}: {targets}."),
    "literal": Text("{target} (ghi “{literal}”)", "{target} (“{literal}”)"),
    "both_readings": Text(
        "{target} có hai cách hiểu và được tính theo cả hai: với mức {printed} thì {first}; với "
        "mức {meant} thì {second}.",
        "{target} is computed under two readings: with {printed}, {first}; with {meant}, {second}.",
    ),
    "small_head": Text("Lưu ý về số nhỏ", "Small numbers"),
    "not_assessable": Text(
        "một năm của một xã không đủ số liệu để kết luận",
        "one year of one commune cannot decide it",
    ),
    "hidden_head": Text("Số liệu không công bố", "Figures not published"),
    "hidden": Text(
        "Ẩn vì số trường hợp nhỏ: {targets}.", "Hidden because of small numbers: {targets}."
    ),
    "hidden_rule": Text(
        "Ô số liệu có dưới {minimum} trường hợp không được công bố; báo cáo ẩn {n} ô.",
        "Cells below {minimum} cases are not published; {n} cells are hidden.",
    ),
    # proposals
    "ask_units": Text(
        "Đề nghị các đơn vị gửi đủ số liệu còn thiếu của: {targets}.",
        "The units concerned are asked to send the missing data of: {targets}.",
    ),
    "ask_forms": Text(
        "Bổ sung biểu mẫu và phân công thu thập số liệu của: {targets}.",
        "Forms and people to collect the data are needed for: {targets}.",
    ),
    "ask_owner": Text(
        "Giao đơn vị chịu trách nhiệm theo dõi, báo cáo đối với: {targets}.",
        "A responsible unit should be named for: {targets}.",
    ),
    "ask_reading": Text(
        "Đề nghị cấp có thẩm quyền xem xét, thống nhất cách hiểu các nội dung nêu tại điểm {point} "
        "phần {part}.",
        "The wording listed under {part}.{point} should be decided.",
    ),
    "closing": Text(
        "Trên đây là báo cáo kết quả thực hiện các chỉ tiêu năm {period} của {committee}",
        "This is the report of the {committee} on the targets in {period}",
    ),
    "closing_to": Text(
        "{closing}; kính gửi {addressee} tổng hợp", "{closing}; submitted to {addressee}"
    ),
    # letter
    "issuer": Text("ỦY BAN NHÂN DÂN", "PEOPLE'S COMMITTEE"),
    "nation": Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"),
    "motto": Text("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
    "number": Text("Số:{blank}/BC-UBND", "No.:{blank}/BC-UBND"),
    "place_date": Text("{place}, {date}", "{place}, {date}"),
    "to": Text("Kính gửi: {addressee}", "To: {addressee}"),
    "basis": Text("Căn cứ ", "Pursuant to "),
    "recipients": Text("Nơi nhận:", "Recipients:"),
    "as_above": Text("Như trên", "As above"),
    "file_copy": Text("Lưu: VT, VHXH", "File: VT, VHXH"),
    "on_behalf": Text("TM. ỦY BAN NHÂN DÂN", "FOR THE PEOPLE'S COMMITTEE"),
    "for_chairman": Text("KT. CHỦ TỊCH", "FOR THE CHAIR"),
    "vice_chairman": Text("PHÓ CHỦ TỊCH", "VICE CHAIR"),
    # annexes
    "annex": Text("Phụ lục {number}", "Annex {number}"),
    "attached": Text(
        "(Kèm theo Báo cáo số{blank}/BC-UBND {date} của {committee})",
        "(Attached to Report No.{blank}/BC-UBND of {date}, {committee})",
    ),
    "present": Text("có số liệu", "present"),
    "book_line": Text("{unit}. Số liệu tính đến {end}.", "{unit}. Figures up to {end}."),
    "all_groups": Text("tất cả {n} nhóm", "all {n} groups"),
    "villages_elsewhere": Text(
        "Kết quả khảo sát theo thôn dựa trên ít người trả lời, xem tệp Excel của báo cáo.",
        "Survey results by village rest on few answers; see the workbook.",
    ),
    "nothing": Text("Không có số liệu để trình bày.", "Nothing to show."),
    "unassigned": Text("Chưa giao", "None named"),
    "or_meant": Text("{level}; nếu là lỗi đánh máy: {meant}", "{level}; if a misprint: {meant}"),
    "total": Text("Tổng số", "Total"),
    "verdicts_explained": Text(
        "Ba đánh giá được nêu riêng: (1) theo cách tính của Kế hoạch, so sánh chính xác trên số "
        "chưa làm tròn, 0/0 là “không phát sinh”; (2) mức độ chắc chắn, theo cận một phía 95%; "
        "(3) tiến độ, theo đường thẳng từ số gốc đến thời hạn. Trường hợp từ chối, không biết hoặc "
        "bỏ trống không tính là số không mà được loại ra và có đếm.",
        "Three answers, kept apart: (1) the plan's arithmetic, exact on unrounded values, 0/0 is "
        "“no cases”; (2) certainty, by the one-sided 95% bound; (3) path, the straight line from "
        "baseline to deadline. Refused, don't know and blank are never zero: they are left out and "
        "counted.",
    ),
    "sdg": Text("Chỉ tiêu SDG {number}", "SDG indicator {number}"),
    "sdg_near": Text(
        "Gần với chỉ tiêu SDG {number}, không trùng", "Near SDG indicator {number}, not the same"
    ),
}


def phrase(key: str, language: str = "vi", /, **values: object) -> str:
    """The sentence `key` with its placeholders filled; a missing value raises KeyError."""
    return PHRASES[key][language].format(**values)
