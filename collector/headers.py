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
# What a page or a worker may do. A style sheet, a script of a page and data do nothing by
# themselves: there these only cost a slow network 350 bytes a reply.
DOCUMENT = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(self), camera=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
WORKER = "/phone/sw.js"
PARTS = ("text/css", "text/javascript", "application/json", "text/csv")
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
        response.headers.extend(EVERYWHERE)  # no view sets any of these
        if response.mimetype not in PARTS or request.path == WORKER:
            response.headers.extend(DOCUMENT)
        if request.path.startswith(PRIVATE):
            response.headers.update(DISCREET)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        if not request.path.startswith(PUBLIC):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
