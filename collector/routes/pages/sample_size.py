"""/sample/size: how many households a wanted precision takes."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request

from analysis.estimators.errors import Refused
from analysis.sampling import Frame, Size, size_for_ratio, size_for_share
from collector import database
from collector.routes.pages.asked import number
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.speech import gettext
from collector.store import registers

SHARE, RATIO = "share", "ratio"
DEFAULTS = {
    "what": SHARE,
    "within": "5",
    "share": "50",
    "ratio": "1,4",
    "cv_women": "0,6",
    "cv_men": "0,8",
    "correlation": "0,3",
    "deff": "1",
    "response": "90",
}


@blueprint.get("/sample/size")
def sample_size() -> str:
    """The form, and the answer where something was asked."""
    newest = registers.newest(database.session())
    given = {**DEFAULTS, **request.args.to_dict()}
    found: Size | None = None
    error = ""
    if "within" in request.args:
        try:
            found = _size(given, newest.households if newest else None)
        except Refused as refused:
            error = refused.text[language()]
    return render_template(
        "sample_size.html", given=given, found=found, error=error, register=newest
    )


def _size(given: Mapping[str, str], households: int | None) -> Size:
    frame = Frame(
        households,
        number(given, "response", gettext("Tỷ lệ hộ trả lời")) / 100,
        number(given, "deff", gettext("Hệ số thiết kế")),
    )
    within = number(given, "within", gettext("Sai số")) / 100
    if given["what"] == SHARE:
        return size_for_share(within, number(given, "share", gettext("Tỷ lệ dự đoán")) / 100, frame)
    return size_for_ratio(
        within,
        number(given, "cv_women", gettext("Độ phân tán của nữ")),
        number(given, "cv_men", gettext("Độ phân tán của nam")),
        number(given, "correlation", gettext("Tương quan trong hộ")),
        ratio=number(given, "ratio", gettext("Tỷ số dự đoán")),
        frame=frame,
    )
