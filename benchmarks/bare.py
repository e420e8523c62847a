"""A Flask route that only parses the same multipart and answers 201: the yardstick of ingest."""

from __future__ import annotations

from flask import Flask, Response, request

application = Flask(__name__)

THANKS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<OpenRosaResponse xmlns="http://openrosa.org/http/response">'
    '<message nature="">ok</message></OpenRosaResponse>'
)


@application.post("/openrosa/submission")
def submission() -> Response:
    """Read the part, check nothing, keep nothing."""
    request.files["xml_submission_file"].stream.read()
    response = Response(THANKS, status=201, content_type="text/xml; charset=utf-8")
    response.headers["X-OpenRosa-Version"] = "1.0"
    return response
