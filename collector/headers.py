"""Security headers of every reply."""

from __future__ import annotations

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",  # the QR code as data:, a photo before it is sent as blob:
        "media-src 'self' blob:",  # a recording before it is sent
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
EVERYWHERE = {"X-Content-Type-Options": "nosniff"}
# What a page or a worker may do. Data opened as a page may do nothing; a style sheet and a script
# of a page are never one. Each of these lines costs a slow network its bytes with every reply.
DATA = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
DOCUMENT = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(self), camera=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
WORKER = "/phone/sw.js"
_OF_A_PAGE = ("text/css", "text/javascript")
_DATA = ("application/json", "text/csv")
HSTS = "max-age=31536000"
PUBLIC = ("/phone/", "/static/")
PRIVATE = "/gd/"
DISCREET = {
    "Referrer-Policy": "no-referrer",  # the weather page does not hear where somebody came from
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


def install(app: Flask) -> None:
    """Set the headers; what is not a public file may not be kept by a shared cache."""

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.extend(EVERYWHERE | _may(response.mimetype))  # no view sets any of them
        if request.path.startswith(PRIVATE):
            response.headers.update(DISCREET)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        if not request.path.startswith(PUBLIC):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _may(kind: str | None) -> dict[str, str]:
    """The headers that say what a browser may do with a reply of that media type."""
    if request.path.startswith(PRIVATE) or request.path == WORKER:
        return DOCUMENT
    if kind in _OF_A_PAGE:
        return {}
    return DATA if kind in _DATA else DOCUMENT
