"""Taking a phone into use by a code."""

from __future__ import annotations

from marshmallow import Schema, fields, validate


class EnrolmentSchema(Schema):
    """A code as it was typed or read from a QR code; `device` is the phone's own random name."""

    code = fields.String(required=True, validate=validate.Length(1, 32))
    device = fields.String(required=True, validate=validate.Length(16, 128))


class AccountKeySchema(Schema):
    """The account's key: 32 bytes in base64. The phone keeps it wrapped by the PIN only."""

    key = fields.String(required=True)
