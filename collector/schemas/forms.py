"""The forms that an account fills, as the phone app asks for them."""

from __future__ import annotations

from marshmallow import Schema, fields


class TextSchema(Schema):
    """A text in both languages."""

    vi = fields.String(required=True)
    en = fields.String(required=True)


class HaveSchema(Schema):
    """What the phone has of models and lists already; absent: nothing is to come with the reply."""

    have = fields.String(metadata={"description": "Hashes, parted by commas"})


class LinkSchema(Schema):
    """Where a file is, and the hash by which the phone sees that it is new."""

    url = fields.String(required=True)
    hash = fields.String(required=True)


class ModelLinkSchema(LinkSchema):
    """The compact model: with the reply where `have` was said without its hash."""

    content = fields.Dict()


class MediaLinkSchema(LinkSchema):
    """A list that the form takes choices from: with the reply as the model is."""

    filename = fields.String(required=True)
    content = fields.String()


class FormSchema(Schema):
    """One form, its newest version."""

    form = fields.String(required=True)
    version = fields.String(required=True)
    title = fields.Nested(TextSchema, required=True)
    model = fields.Nested(ModelLinkSchema, required=True)
    media = fields.List(fields.Nested(MediaLinkSchema), required=True)


class FormsSchema(Schema):
    """All forms of the caller's role."""

    forms = fields.List(fields.Nested(FormSchema), required=True)
