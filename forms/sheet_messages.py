"""What forms/ says to the author of an XLSForm: code -> (Vietnamese, English). See messages.py."""

from __future__ import annotations

SHEET_MESSAGES: dict[str, tuple[str, str]] = {
    "already_published": (
        "Mẫu {form} phiên bản {version} đã công bố và không bao giờ bị ghi đè. "
        "Đặt phiên bản mới ở trang settings.",
        "Form {form} version {version} is published and is never overwritten. "
        "Give a new version on the settings sheet.",
    ),
    "unreadable": (
        "Không đọc được tệp {filename}: cần bảng Markdown (.md, UTF-8) hay Excel (.xlsx). {detail}",
        "Cannot read {filename}: a Markdown table (.md, UTF-8) or Excel (.xlsx) is due. {detail}",
    ),
    "no_sheet": (
        "Thiếu trang “{name}”. Thêm trang này với dòng tiêu đề.",
        "The sheet “{name}” is missing. Add it with a header row.",
    ),
    "unknown_sheet": (
        "Không dùng trang “{name}”. Xoá trang này hoặc đổi thành survey, choices hay settings.",
        "The sheet “{name}” is not used. Remove it, or name it survey, choices or settings.",
    ),
    "long_row": (
        "Dòng có {cells} ô nhưng tiêu đề chỉ có {columns}. Kiểm tra dấu | (trong ô viết \\|).",
        "The row has {cells} cells but the header only {columns}. Check | (\\| within a cell).",
    ),
    "duplicate_column": (
        "Cột “{name}” có hai lần. Giữ một.",
        "The column “{name}” is there twice. Keep one.",
    ),
    "missing_setting": (
        "Thiếu “{name}”. Điền ở dòng 2 của trang settings.",
        "“{name}” is missing. Fill it in row 2 of the settings sheet.",
    ),
    "bad_setting": (
        "“{value}” không dùng được cho {name}: cần {expected}.",
        "“{value}” cannot be used for {name}: {expected} is needed.",
    ),
    "setting_unsupported": (
        "Cài đặt “{name}” chưa được hỗ trợ. Xoá cột này.",
        "The setting “{name}” is not supported. Remove this column.",
    ),
    "missing_type": (
        "Thiếu kiểu câu hỏi. Điền cột type, ví dụ: text, integer, select_one danh_sach.",
        "The type is missing. Fill the column type, for example text, integer, select_one list.",
    ),
    "unsupported_type": (
        "Kiểu “{type}” không có trên ứng dụng. Thay bằng: {instead}.",
        "The app does not have the type “{type}”. Use instead: {instead}.",
    ),
    "unsupported_appearance": (
        "Câu “{name}”: ứng dụng không có cách hiển thị “{appearance}”. {advice}",
        "Question “{name}”: the app does not have the appearance “{appearance}”. {advice}",
    ),
    "unsupported_parameter": (
        "Câu “{name}”: ứng dụng không có tham số “{parameter}”. Xoá tham số này.",
        "Question “{name}”: the app does not have the parameter “{parameter}”. Remove it.",
    ),
    "last_saved": (
        "Câu “{name}”: điện thoại không giữ câu trả lời của phiếu trước, nên không có last-saved. "
        "Xoá phần này.",
        "Question “{name}”: the phone keeps no answers of the form before, so there is no "
        "last-saved. Remove it.",
    ),
    "other_app": (
        "“{name}”: ứng dụng không mở được ứng dụng khác (intent). Xoá ô này.",
        "“{name}”: the app cannot open another app (intent). Empty this cell.",
    ),
    "unsupported_media": (
        "“{name}”: ứng dụng không phát hay hiện được “{media}” bên nhãn. Xoá ô này, hoặc dùng "
        "audio (âm thanh) hay image (hình).",
        "“{name}”: the app cannot show or play “{media}” beside a label. Remove it, or use audio "
        "or image.",
    ),
    "media_sensitive": (
        "“{name}”: phiếu kín (sensitive) không có âm thanh hay hình, vì chúng để lại dấu vết trên "
        "máy. Xoá “{value}”.",
        "“{name}”: a private form (sensitive) has no sounds or pictures, because they leave traces "
        "on the phone. Remove “{value}”.",
    ),
    "media_alone": (
        "“{name}”: âm thanh và hình đứng bên nhãn, nhưng dòng này không hiện nhãn nào. Điền nhãn, "
        "hoặc xoá “{value}”.",
        "“{name}”: sounds and pictures stand beside a label, but this row shows none. Give it a "
        "label, or remove “{value}”.",
    ),
    "media_missing": (
        "“{name}”: không thấy tệp “{value}”. Đặt tệp này cùng thư mục với biểu mẫu, đúng tên từng "
        "chữ hoa, chữ thường.",
        "“{name}”: the file “{value}” is not there. Put it into the folder of the form, with "
        "exactly this name, capital letters too.",
    ),
    "media_large": (
        "“{name}”: tệp “{value}” lớn hơn {limit} KB. Thu ngắn, nén lại (tiếng nói: MP3 hay Opus 32 "
        "kbit/s; hình: rộng 720 điểm ảnh) rồi công bố lại.",
        "“{name}”: the file “{value}” has more than {limit} KB. Make it shorter or pack it "
        "(speech: MP3 or Opus at 32 kbit/s; pictures: 720 pixels wide) and publish again.",
    ),
    "media_total": (
        "Âm thanh và hình của biểu mẫu có {total} KB, nhiều nhất là {limit} KB. Thu nhỏ những tệp "
        "lớn nhất: {largest}.",
        "The form's sounds and pictures have {total} KB, the most is {limit} KB. Make the largest "
        "files smaller: {largest}.",
    ),
    "media_kind": (
        "“{name}”: nội dung tệp “{value}” không phải {media} dùng được: cần {expected}. Chuyển tệp "
        "sang một trong các loại này.",
        "“{name}”: what is in “{value}” cannot be used for {media}: {expected} is needed. Convert "
        "the file to one of these.",
    ),
    "bad_pixels": (
        "Câu “{name}”: max-pixels cần một số từ {low} đến {high}, nhưng ghi “{value}”.",
        "Question “{name}”: max-pixels must be a number from {low} to {high}, but is “{value}”.",
    ),
    "bad_range": (
        "Câu “{name}”: thanh trượt phải đi từ số nhỏ (start) lên số lớn (end), step là số dương, "
        "nhưng ghi “{value}”. Đổi start và end cho nhau.",
        "Question “{name}”: a slider goes from a small number (start) up to a larger one (end) by "
        "a positive step, but this says “{value}”. Change start and end about.",
    ),
    "audit_parameters": (
        "Nhật ký “{name}” chỉ ghi thời gian; không ghi vị trí và không ghi câu trả lời. "
        "Xoá “{value}”.",
        "The log “{name}” notes times only; no positions and no answers. Remove “{value}”.",
    ),
    "bad_on_device": (
        "Cột on_device chỉ nhận yes hoặc để trống, nhưng ghi “{value}”.",
        "The column on_device takes yes or nothing, but says “{value}”.",
    ),
    "on_device_type": (
        "Kiểu “{type}” không thể chỉ giữ trên máy. Xoá dấu ở cột on_device.",
        "The type “{type}” cannot stay on the phone only. Remove the mark in on_device.",
    ),
    "reads_on_device": (
        "Biểu thức đọc “{name}”, câu chỉ giữ trên máy và không bao giờ được gửi, nên máy chủ không "
        "kiểm tra được. Chỉ dùng ${{{name}}} trong nhãn và gợi ý, hoặc đánh dấu on_device cả "
        "ở đây.",
        "The expression reads “{name}”, which stays on the phone and is never sent, so the server "
        "cannot check it. Use ${{{name}}} in labels and hints only, or mark this on_device too.",
    ),
    "missing_name": (
        "Thiếu tên. Điền cột name (chữ không dấu, số, dấu gạch dưới).",
        "The name is missing. Fill the column name (letters, digits, underscores).",
    ),
    "bad_name": (
        "Tên “{name}” không dùng được. Bắt đầu bằng chữ cái hoặc _, sau đó là chữ không dấu, "
        "số, _ . -, không có dấu cách.",
        "The name “{name}” cannot be used. Begin with a letter or _, then letters, digits, _ . - "
        "without blanks.",
    ),
    "duplicate_name": (
        "Tên “{name}” đã dùng ở dòng {other} trong cùng bảng “{table}”. Đặt tên khác.",
        "The name “{name}” is already used in row {other} of the same table “{table}”. Choose "
        "another.",
    ),
    "reserved_name": (
        "Tên “{name}” dành riêng cho hệ thống. Đặt tên khác.",
        "The name “{name}” is reserved. Choose another.",
    ),
    "unmatched_end": (
        "“{type}” không khớp với dòng mở nào. Kiểm tra begin_… và end_….",
        "“{type}” closes nothing that is open. Check begin_… and end_….",
    ),
    "unclosed": (
        "Nhóm hoặc phần lặp “{name}” không có dòng đóng. Thêm {end}.",
        "The group or repeat “{name}” is never closed. Add {end}.",
    ),
    "empty_group": (
        "Nhóm hoặc phần lặp “{name}” không có câu hỏi nào. Thêm câu hỏi hoặc xoá nhóm.",
        "The group or repeat “{name}” is empty. Add a question or remove it.",
    ),
    "missing_list": (
        "Kiểu “{type}” thiếu tên danh sách. Viết ví dụ: select_one gioi_tinh.",
        "The type “{type}” lacks its list. Write for example: select_one sex.",
    ),
    "unknown_list": (
        "Danh sách “{list}” không có ở trang choices. Thêm danh sách hoặc sửa tên.",
        "The list “{list}” is not on the choices sheet. Add it or correct the name.",
    ),
    "bad_file": (
        "“{file}” không dùng được làm tệp danh sách: cần tên đơn giản kết thúc bằng .csv.",
        "“{file}” cannot be a list file: a plain name that ends in .csv is needed.",
    ),
    "missing_choice_name": (
        "Lựa chọn thiếu mã. Điền cột name.",
        "The choice lacks its name. Fill the column name.",
    ),
    "missing_choice_list": (
        "Lựa chọn không thuộc danh sách nào. Điền cột list_name.",
        "The choice belongs to no list. Fill the column list_name.",
    ),
    "blank_in_choice": (
        "Mã lựa chọn “{name}” có dấu cách; câu chọn nhiều không tách được. Bỏ dấu cách.",
        "The choice name “{name}” holds a blank, which a multiple answer cannot. Remove it.",
    ),
    "duplicate_choice": (
        "Mã “{name}” đã có ở dòng {other} của danh sách “{list}”. Đặt mã khác.",
        "“{name}” is already in row {other} of the list “{list}”. Choose another name.",
    ),
    "missing_label": (
        "Thiếu nhãn tiếng Việt. Điền cột “label::Tiếng Việt (vi)”.",
        "The Vietnamese label is missing. Fill the column “label::Tiếng Việt (vi)”.",
    ),
    "missing_translation": (
        "Chưa có bản tiếng Anh; ứng dụng sẽ hiện tiếng Việt.",
        "There is no English text; the app will show the Vietnamese.",
    ),
    "missing_calculation": (
        "Câu kiểu calculate thiếu biểu thức. Điền cột calculation.",
        "A calculate row lacks its expression. Fill the column calculation.",
    ),
    "bad_default": (
        "Giá trị mặc định “{value}” không dùng được: cần {expected}.",
        "The default “{value}” cannot be used: {expected} is needed.",
    ),
    "media_name": (
        "Tên tệp “{value}” không dùng được: viết thẳng tên, không có ${{…}}, chỉ gồm chữ không "
        "dấu, số, _ . -, có đuôi như .mp3 hay .png, ví dụ hoi_tuoi.mp3.",
        "The file name “{value}” cannot be used: write it out, without ${{…}}, in letters "
        "without marks, digits, _ . - and an ending like .mp3 or .png, for example ask_age.mp3.",
    ),
    "unknown_reference": (
        "Không có câu hỏi nào tên “{name}”. Sửa ${{{name}}} hoặc thêm câu hỏi.",
        "No question is named “{name}”. Correct ${{{name}}} or add the question.",
    ),
    "ambiguous_reference": (
        "Có nhiều câu hỏi tên “{name}” nên ${{{name}}} không rõ nghĩa. Đổi tên một câu.",
        "Several questions are named “{name}”, so ${{{name}}} is ambiguous. Rename one.",
    ),
    "pyxform": (
        "pyxform không nhận: “{detail}” Sửa ô này rồi công bố lại.",
        "pyxform refuses: “{detail}” Correct this cell and publish again.",
    ),
    "pyxform_warning": (
        "pyxform lưu ý: “{detail}”",
        "pyxform notes: “{detail}”",
    ),
    "or_other": (
        "or_other không có bản dịch và ứng dụng không có. Thêm lựa chọn “khác” vào danh sách và "
        "một câu hỏi chữ với relevant.",
        "or_other cannot be translated and the app lacks it. Add a choice “other” to the list and "
        "a text question with relevant.",
    ),
    "list_missing": (
        "Không thấy tệp “{file}”. Đặt tệp này cùng thư mục với biểu mẫu, đúng tên từng chữ hoa, "
        "chữ thường. Dịch vụ tự làm {files} từ sổ của xã.",
        "The file “{file}” is not there. Put it into the folder of the form, with exactly this "
        "name, capital letters too. The service itself makes {files} from the commune's register.",
    ),
    "list_name": (
        "Tên tệp “{file}” không dùng được: chỉ gồm chữ không dấu, số, _ . -, đuôi .csv.",
        "The file name “{file}” cannot be used: letters without marks, digits, _ . - and the "
        "ending .csv.",
    ),
    "list_sensitive": (
        "Phiếu kín (sensitive) không có danh sách riêng, vì nó để lại dấu vết trên máy. Đưa các "
        "lựa chọn của “{file}” vào trang choices.",
        "A private form (sensitive) has no list of its own, because it leaves traces on the phone. "
        "Put the choices of “{file}” into the choices sheet.",
    ),
    "list_large": (
        "Tệp “{file}” lớn hơn {limit} KB. Bỏ các cột không dùng, hoặc chia thành nhiều danh sách.",
        "The file “{file}” has more than {limit} KB. Remove columns that are not used, or make "
        "several lists of it.",
    ),
    "list_unreadable": (
        "Không đọc được tệp “{file}”. Trong Excel chọn Lưu thành: CSV UTF-8 rồi công bố lại.",
        "The file “{file}” cannot be read. In Excel choose Save as: CSV UTF-8, and publish again.",
    ),
    "list_empty": (
        "Tệp “{file}” không có lựa chọn nào: cần dòng tên cột, rồi mỗi dòng một lựa chọn.",
        "The file “{file}” has no choice: a row with the names of the columns is due, then a row "
        "for each choice.",
    ),
    "list_heading": (
        "Tệp “{file}”: mỗi cột cần một tên riêng ở dòng 1; đang có: {found}.",
        "The file “{file}”: each column needs a name of its own in row 1; there are: {found}.",
    ),
    "list_columns": (
        "Tệp “{file}” thiếu cột {missing}; đang có: {found}.",
        "The file “{file}” lacks the column {missing}; there are: {found}.",
    ),
    "list_cells": (
        "Tệp “{file}”, dòng {line}: có {got} ô, cần {due}. Ô có dấu phẩy phải nằm trong dấu "
        "nháy kép.",
        "The file “{file}”, row {line}: {got} cells, {due} are due. A cell with a comma stands in "
        "double quotes.",
    ),
    "list_code": (
        "Tệp “{file}”, dòng {line}, cột {name}: mã “{value}” không được trống hay có dấu cách.",
        "The file “{file}”, row {line}, column {name}: the code “{value}” must not be empty or "
        "have a blank.",
    ),
    "list_twice": (
        "Tệp “{file}”, dòng {line}: mã “{value}” đã có ở dòng {first}. Mỗi lựa chọn cần một mã "
        "riêng.",
        "The file “{file}”, row {line}: the code “{value}” stands in row {first} too. Each choice "
        "needs a code of its own.",
    ),
    "list_no_label": (
        "Tệp “{file}”, dòng {line}: cột {name} (chữ hiện cho người trả lời) đang trống.",
        "The file “{file}”, row {line}: the column {name} (what people read) is empty.",
    ),
    "select_from_repeat": (
        "Chưa hỗ trợ lấy lựa chọn từ phần lặp. Dùng danh sách ở trang choices hoặc tệp CSV.",
        "Choices from a repeat are not supported. Use a list of the choices sheet or a CSV.",
    ),
    # expressions
    "expression_empty": ("Biểu thức trống.", "The expression is empty."),
    "expression_syntax": (
        "Không hiểu biểu thức “{expression}” từ chỗ “{found}”. Kiểm tra dấu ngoặc, dấu nháy và "
        "toán tử.",
        "Cannot read the expression “{expression}” from “{found}” on. Check brackets, quotes and "
        "operators.",
    ),
    "expression_deep": (
        "Biểu thức lồng nhau quá {limit} tầng. Tách thành nhiều dòng calculate.",
        "The expression nests more than {limit} levels. Split it into several calculate rows.",
    ),
    "axis": (
        "“{axis}” không dùng được trong biểu thức. Dùng ${{ten}} hoặc đường dẫn với / và ...",
        "“{axis}” cannot be used in an expression. Use ${{name}} or a path of / and ...",
    ),
    "path_start": (
        "Chỉ instance(…) và current() được đứng đầu đường dẫn; sau ngoặc không được có / hay [.",
        "Only instance(…) and current() may begin a path; / or [ cannot follow a bracket.",
    ),
    "unknown_function": (
        "Ứng dụng không có hàm “{name}”. {advice}",
        "The app does not have the function “{name}”. {advice}",
    ),
    "arity": (
        "Hàm “{name}” cần {expected} tham số, nhưng có {found}.",
        "The function “{name}” takes {expected} arguments, but has {found}.",
    ),
    "literal_needed": (
        "Tham số {position} của “{name}” phải viết thẳng trong dấu nháy.",
        "Argument {position} of “{name}” must be written out in quotes.",
    ),
    "path_needed": (
        "Tham số {position} của “{name}” phải là tham chiếu đến câu hỏi, ví dụ ${{tuoi}}.",
        "Argument {position} of “{name}” must refer to a question, for example ${{age}}.",
    ),
    "unknown_path": (
        "Đường dẫn “{path}” không chỉ đến câu hỏi nào của mẫu.",
        "The path “{path}” leads to no question of the form.",
    ),
    "unknown_instance": (
        "Không có danh sách hay tệp nào tên “{name}”. Kiểm tra instance(…) hoặc pulldata(…).",
        "No list or file is named “{name}”. Check instance(…) or pulldata(…).",
    ),
    "bad_regex": (
        "Mẫu regex “{pattern}” không dùng được: {detail}. Sửa mẫu.",
        "The regex “{pattern}” cannot be used: {detail}. Correct it.",
    ),
    "date_format": (
        "Mẫu ngày “{format}” có “{found}” không dùng được. Dùng %Y %y %m %n %b %d %e %H %h %M %S "
        "%3 %a.",
        "The date format “{format}” holds “{found}”, which is not available. Use %Y %y %m %n %b "
        "%d %e %H %h %M %S %3 %a.",
    ),
    "cycle": (
        "Các câu {names} phụ thuộc vòng tròn lẫn nhau. Bỏ một tham chiếu.",
        "{names} depend on each other in a circle. Remove one reference.",
    ),
    "unsupported_xform": (
        "Mẫu dùng “{what}”, ứng dụng không có. Bỏ phần này.",
        "The form uses “{what}”, which the app does not have. Remove it.",
    ),
    "unknown_leaf": (
        "Cài đặt {name} nhắc đến “{value}”, không có câu hỏi nào tên như vậy ngoài phần lặp.",
        "The setting {name} names “{value}”, but no question outside repeats has that name.",
    ),
}
