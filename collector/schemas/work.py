"""What an account has to do, as the phone reads it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from collector.visits import HouseholdState

ROLES = ("sample", "replacement", "added")


class WorkDrawSchema(Schema):
    """The draw that is in force for this year."""

    id = fields.Integer(required=True)
    title = fields.String(required=True)
    period = fields.String(required=True, metadata={"description": "its year, such as 2026"})
    census = fields.Boolean(required=True)


class WorkHouseholdSchema(Schema):
    """A household of the caller. `order`: its place in the draw's list of the village; `visits`:
    made so far; `last`: day of the latest one."""

    village = fields.String(required=True)
    code = fields.String(required=True)
    order = fields.Integer(required=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    state = fields.String(
        required=True, validate=validate.OneOf([state.value for state in HouseholdState])
    )
    visits = fields.Integer(required=True)
    last = fields.String(required=True, allow_none=True)


class WorkMonthSchema(Schema):
    """A period that the caller's unit owes: open, or sent within the last 62 days."""

    form = fields.String(required=True)
    period = fields.String(required=True)
    title = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    due = fields.String(required=True)
    late = fields.Boolean(required=True)
    sent = fields.Boolean(required=True)


class WorkWeekSchema(Schema):
    """What the caller did since Monday: households finished, visits made."""

    # `from` is a word of Python
    since = fields.String(required=True, data_key="from")
    done = fields.Integer(required=True)
    visits = fields.Integer(required=True)


class WorkSchema(Schema):
    """Everything that the caller has to do."""

    draw = fields.Nested(WorkDrawSchema, required=True, allow_none=True)
    households = fields.List(fields.Nested(WorkHouseholdSchema), required=True)
    months = fields.List(fields.Nested(WorkMonthSchema), required=True)
    week = fields.Nested(WorkWeekSchema, required=True)
