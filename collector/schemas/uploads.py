"""Files that a phone sends in parts."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from collector.models.upload import MOST_BYTES, TYPES

SHA256 = validate.Regexp(r"^[0-9a-f]{64}\Z")


class UploadSchema(Schema):
    """A file that is about to come: its SHA-256 in hex, its bytes, its media type."""

    sha256 = fields.String(required=True, validate=SHA256)
    size = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_BYTES))
    type = fields.String(required=True, validate=validate.OneOf(list(TYPES)))
    filename = fields.String(required=True, validate=validate.Length(1, 255))


class OffsetSchema(Schema):
    """How many bytes are here already: the place from which the phone goes on."""

    offset = fields.Integer(required=True)
