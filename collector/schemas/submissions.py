"""Submissions from the phone app and what became of them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from collector.models import State
from collector.models.submission import LONGEST_ID
from collector.schemas.session import ErrorSchema
from collector.schemas.uploads import SHA256

_ID = validate.Length(1, LONGEST_ID)
_NAME = validate.Length(1, 64)


class AttachmentSchema(Schema):
    """A file of the submission: the path of its question (/data/meta/audit for the log of times),
    the name that stands there, and the SHA-256 under which it was sent to /uploads."""

    path = fields.String(required=True, validate=validate.Length(1, 1000))
    filename = fields.String(required=True, validate=validate.Length(1, 255))
    sha256 = fields.String(required=True, validate=SHA256)


class SubmissionSchema(Schema):
    """One filled form: the relevant answers as nested strings (docs/model.md)."""

    form = fields.String(required=True, validate=_NAME)
    version = fields.String(required=True, validate=_NAME)
    instance_id = fields.String(required=True, validate=_ID)
    deprecated_id = fields.String(load_default=None, allow_none=True, validate=_ID)
    answers = fields.Dict(keys=fields.String(), required=True)
    attachments = fields.List(
        fields.Nested(AttachmentSchema), load_default=list, validate=validate.Length(max=200)
    )


class ReceiptSchema(Schema):
    """What became of a submission that was sent."""

    instance_id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf([state.value for state in State]))
    duplicate = fields.Boolean(required=True)
    received_at = fields.AwareDateTime(required=True, format="iso")


class FaultSchema(Schema):
    """One fault of the check, in the reader's language; `path` is the question's place."""

    code = fields.String(required=True)
    path = fields.String(required=True)
    name = fields.String(required=True)
    label = fields.String(required=True)
    message = fields.String(required=True)
    value = fields.String(required=True, allow_none=True)


class FaultsSchema(ErrorSchema):
    """A submission that breaks its form's rules: every fault at once."""

    faults = fields.List(fields.Nested(FaultSchema), required=True)


class SentSchema(Schema):
    """One of the caller's own submissions. `answers`, and the paths of the `questions` that the
    return is about, only where it was returned."""

    instance_id = fields.String(required=True)
    form = fields.String(required=True)
    version = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True, format="iso")
    state = fields.String(required=True)
    superseded = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    questions = fields.List(fields.String(), required=True)
    faults = fields.List(fields.Nested(FaultSchema), required=True)
    answers = fields.Dict(required=True, allow_none=True)


class SentListSchema(Schema):
    """The caller's last 200 submissions and all that were returned, newest first."""

    submissions = fields.List(fields.Nested(SentSchema), required=True)
