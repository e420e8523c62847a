"""Signing in from the phone app, and the public status."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from collector.models import Role


class UnitSchema(Schema):
    """A commune, a village or a unit."""

    code = fields.String(required=True)
    name = fields.String(required=True)


class SignInSchema(Schema):
    """A name and a password; `device` is what the owner calls the phone."""

    username = fields.String(required=True, validate=validate.Length(1, 64))
    password = fields.String(required=True, validate=validate.Length(1, 128))
    device = fields.String(load_default="", validate=validate.Length(max=128))


class UserSchema(Schema):
    """Who signed in."""

    username = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf([role.value for role in Role]))
    village = fields.Nested(UnitSchema, required=True, allow_none=True)
    unit = fields.Nested(UnitSchema, required=True, allow_none=True)


class SignedInSchema(Schema):
    """The token for later requests, shown once, and the key of the account (32 bytes in base64)."""

    token = fields.String(required=True)
    key = fields.String(required=True)
    user = fields.Nested(UserSchema, required=True)
    commune = fields.Nested(UnitSchema, required=True)
    demonstration = fields.Boolean(required=True)


class StatusSchema(Schema):
    """The service's version and clock."""

    version = fields.String(required=True)
    time = fields.AwareDateTime(required=True, format="iso")
    demonstration = fields.Boolean(required=True)


class ErrorSchema(Schema):
    """Every failure: a stable code and a sentence for the reader."""

    code = fields.String(required=True)
    message = fields.String(required=True)
