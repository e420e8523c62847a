"""QR codes as inline SVG, and what ODK Collect reads from one."""

from __future__ import annotations

import base64
import io
import json
import zlib

import segno
from markupsafe import Markup


def svg(content: str) -> Markup:
    """The QR code of `content`, an SVG without ids, styles or scripts. On a screen nothing covers
    it, so the lowest error correction: larger squares are easier for a cheap camera."""
    out = io.BytesIO()
    segno.make(content, error="l", micro=False, boost_error=False).save(
        out, kind="svg", xmldecl=False, svgns=True, svgclass=None, lineclass=None, border=2,
        omitsize=True,
    )  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704 - segno writes numbers only


def collect_settings(server_url: str, project: str, language: str) -> str:
    """What ODK Collect reads from a QR code: base64 of the zlib-packed settings. `general` and
    `admin` must both be there, or Collect refuses the code (openrosa: QR code for Collect)."""
    settings = {
        "general": {
            "server_url": server_url,
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
            "app_language": language,
        },
        "project": {"name": project},
        "admin": {},
    }
    packed = zlib.compress(json.dumps(settings, ensure_ascii=False).encode(), 9)
    return base64.b64encode(packed).decode()
