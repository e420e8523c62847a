"""Who may see and do what: one table, endpoint -> door and roles.

A door is how the caller proves who it is. `guard` (collector/guard.py) looks each request's
endpoint up here before anything else runs: an endpoint that is not in the table is closed, and a
test fails for it. What a role sees behind the door is its territory.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from collector.models import Role
from collector.store.accounts import Caller


class Door(StrEnum):
    """How a caller proves who it is."""

    OPEN = "open"  # nobody needs to be known
    PAGE = "page"  # session cookie; strangers are sent to the sign-in page
    BEARER = "bearer"  # a phone's token in Authorization
    LOCKED = "locked"  # a phone's token's SHA-256 in the path: a locked phone can read no more
    OPENROSA = "openrosa"  # HTTP Basic, or a key in the path
    FEED = "feed"  # a key in the path: a calendar program can do nothing else
    MACHINE = "machine"  # this machine itself, or an administrator's session


@dataclass(frozen=True, slots=True)
class Rule:
    """The door of an endpoint and the roles that may pass it.

    `recent`: who the caller was up to two seconds ago is good enough (sending, never reading).
    """

    door: Door
    roles: frozenset[Role] = frozenset()
    recent: bool = False


EVERYONE = frozenset(Role)
FILLERS = frozenset({Role.COLLECTOR, Role.UNIT, Role.OFFICER})
READERS = frozenset({Role.OFFICER, Role.ADMINISTRATOR})
OFFICERS = frozenset({Role.OFFICER})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

_OPEN = Rule(Door.OPEN)
_PHONE = Rule(Door.BEARER, FILLERS)
_COLLECT = Rule(Door.OPENROSA, FILLERS)
_READ = Rule(Door.PAGE, READERS)
_REVIEW = Rule(Door.PAGE, OFFICERS)
_RETURNS = Rule(Door.PAGE, frozenset({Role.UNIT, Role.OFFICER}))  # a unit: its own alone
_MANAGE = Rule(Door.PAGE, ADMINISTRATORS)
_DUE = Rule(Door.PAGE, READERS | {Role.UNIT})

ACCESS: dict[str, Rule] = {
    # Files and the state of the machine
    "static": _OPEN,
    "phone.app": _OPEN,
    "phone.asset": _OPEN,
    # The private form: whoever has a code; what it keeps is read by nobody here
    "private.page": _OPEN,
    "private.asset": _OPEN,
    "private.begin": _OPEN,
    "private.send": _OPEN,
    "health.health": _OPEN,
    "health.metrics": Rule(Door.MACHINE, ADMINISTRATORS),
    # The phone app's API
    "api-docs.openapi_json": _OPEN,
    "status.status": _OPEN,
    "session.sign_in": _OPEN,
    "session.sign_out": Rule(Door.BEARER, EVERYONE),
    "session.key": Rule(Door.BEARER, EVERYONE),
    "enrolment.enrol": _OPEN,
    "enrolment.standing": _OPEN,
    "enrolment.wiped": _OPEN,
    "forms.list_forms": _PHONE,
    "forms.list_for_locked": Rule(Door.LOCKED, FILLERS),
    "forms.model": _PHONE,
    "forms.media": _PHONE,
    "submissions.mine": _PHONE,
    "work.work": _PHONE,
    "uploads.begin": _PHONE,
    "uploads.stand": _PHONE,
    "uploads.append": _PHONE,
    "submissions.send": Rule(Door.BEARER, FILLERS, recent=True),
    # ODK Collect
    "openrosa.form_list": _COLLECT,
    "openrosa.form": _COLLECT,
    "openrosa.manifest": _COLLECT,
    "openrosa.media": _COLLECT,
    "openrosa.submission": Rule(Door.OPENROSA, FILLERS, recent=True),
    # The pages
    "pages.sign_in": _OPEN,
    "pages.check_sign_in": _OPEN,
    "pages.sign_out": _OPEN,
    "pages.choose_language": _OPEN,
    "pages.home": Rule(Door.PAGE, EVERYONE),
    "pages.plans": _READ,
    "pages.plan": _READ,
    "pages.indicator": _READ,
    "pages.catalogue": _READ,
    "pages.new_indicator": _REVIEW,
    "pages.add_indicator": _REVIEW,
    "pages.own_indicator": _REVIEW,
    "pages.change_indicator": _REVIEW,
    "pages.withdraw_indicator": _REVIEW,
    "pages.oddities": _READ,
    "pages.decide_oddity": _REVIEW,
    "pages.duties": _READ,
    "pages.plan_files": _READ,
    "pages.export_plan": _READ,
    "pages.add_plan": _REVIEW,
    "pages.upload_plan": _REVIEW,
    "pages.plan_file": _REVIEW,
    "pages.save_plan": _REVIEW,
    "pages.use_plan": _REVIEW,
    "pages.plan_target": _REVIEW,
    "pages.save_target": _REVIEW,
    "pages.remove_target": _REVIEW,
    "pages.collection": _READ,
    "pages.boundaries": _REVIEW,
    "pages.keep_boundaries": _REVIEW,
    "pages.reports": _READ,
    "pages.report": _READ,
    "pages.issue_report": _REVIEW,
    "pages.issued_report": _READ,
    # The household sample: lists of households stay with the officers
    "pages.sample": _REVIEW,
    "pages.keep_register": _REVIEW,
    "pages.keep_present_register": _REVIEW,
    "pages.register_file": _REVIEW,
    "pages.sample_size": _REVIEW,
    "pages.new_draw": _REVIEW,
    "pages.keep_draw": _REVIEW,
    "pages.draw": _REVIEW,
    "pages.draw_file": _REVIEW,
    "pages.withdraw_draw": _REVIEW,
    "pages.draw_village": _REVIEW,
    "pages.issue_replacement": _REVIEW,
    "pages.give_households": _REVIEW,
    "pages.sample_weights": _REVIEW,
    "pages.keep_weights": _REVIEW,
    "pages.read_counts": _REVIEW,
    "pages.preview_weights": _REVIEW,
    "pages.weights_file": _REVIEW,
    "pages.envelopes": _REVIEW,
    "pages.print_envelopes": _REVIEW,
    "pages.review": _REVIEW,
    "pages.submission": _REVIEW,
    "pages.decide": _REVIEW,
    "pages.attachment": _REVIEW,
    "pages.conflicts": _REVIEW,
    "pages.conflict": _REVIEW,
    "pages.resolve": _REVIEW,
    "pages.conflict_file": _REVIEW,
    "pages.approve": _REVIEW,
    "pages.versions": _REVIEW,
    "pages.quality": _REVIEW,
    "pages.backchecks": _REVIEW,
    "pages.draw_backchecks": _REVIEW,
    "pages.quality_check": _REVIEW,
    "pages.quality_times": _REVIEW,
    "pages.quality_group": _REVIEW,
    "pages.sent": Rule(Door.PAGE, FILLERS),
    "pages.phones": _READ,
    "pages.make_code": _READ,
    "pages.give_up_phone": _READ,
    "pages.take_rescue": _REVIEW,
    "pages.users": _MANAGE,
    "pages.add_user": _MANAGE,
    "pages.user": _MANAGE,
    "pages.change_user": _MANAGE,
    "pages.switch_user": _MANAGE,
    "pages.reset_user": _MANAGE,
    # Who owes what, when
    "pages.due": _DUE,
    "pages.due_year": _DUE,
    "pages.mark": _REVIEW,
    "pages.new_feed": _DUE,
    "pages.revoke_feed": _DUE,
    "feed.calendar": Rule(Door.FEED, READERS | {Role.UNIT}),
    "pages.units": _READ,
    "pages.add_unit": _READ,
    "pages.unit": _READ,
    "pages.change_unit": _READ,
    "pages.switch_unit": _READ,
    "pages.set_focal": _READ,
    "pages.hand_over": _READ,
    "pages.assignments": _READ,
    "pages.assign": _REVIEW,
    "pages.take_back": _REVIEW,
    "pages.returns": _RETURNS,
    "pages.unit_returns": _RETURNS,
    "pages.unit_form": _RETURNS,
    "pages.workbook_template": _RETURNS,
    "pages.upload_workbook": _RETURNS,
    "pages.workbook": _RETURNS,
    "pages.store_workbook": _RETURNS,
    "pages.drop_workbook": _RETURNS,
    "pages.account": Rule(Door.PAGE, EVERYONE),
    "pages.change_password": Rule(Door.PAGE, EVERYONE),
    "pages.new_key": Rule(Door.PAGE, FILLERS),
    "pages.revoke_key": Rule(Door.PAGE, EVERYONE),
}


def territory(caller: Caller) -> str | None:
    """The village to which the caller is confined; None is the whole commune."""
    return caller.village if caller.role is Role.COLLECTOR else None


def own_unit(caller: Caller) -> str | None:
    """The unit to which the caller is confined; None where it is not a unit's account."""
    return caller.unit if caller.role is Role.UNIT else None
