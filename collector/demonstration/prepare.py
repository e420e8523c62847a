"""Put the demonstration's territory and accounts into an empty database; a second time is no-op."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from sqlalchemy.orm import Session

from analysis.sampling import draw_by
from collector.demonstration import commune
from collector.duties import today
from collector.models import Role
from collector.store import accounts, draws, registers, territory, units

OFFICER = "canbo"


def prepare_demonstration(session: Session) -> None:
    """Load the invented register and make the accounts that are not there yet."""
    rng = Random(commune.SEED)
    territory.load(session, _register(), iter(lambda: rng.randrange(commune.SEEDS), None))
    for code, kind, name in commune.UNITS:
        units.put(session, code=code, kind=kind, name=name)
    for code, title, phone in commune.FOCALS:
        if units.focal(session, code) is None:
            units.set_focal(session, code, units.Contact(title, phone), today())
    for account in commune.accounts():
        if accounts.by_username(session, account.username) is None:
            accounts.add_user(
                session,
                username=account.username,
                display_name=account.display_name,
                role=Role(account.role),
                password=account.password,
                village=account.village,
                unit=account.unit,
            )
    _draw(session)


def _draw(session: Session) -> None:
    """The invented draw, of the invented register."""
    officer = accounts.by_username(session, OFFICER)
    if draws.listed(session) or officer is None:
        return
    now, rule, seed = datetime.now(UTC), commune.rule(), str(commune.SEED)
    version = registers.snapshot(session, "danh-sach-minh-hoa.csv", officer.id, now)
    if version is None:
        return
    drawn = draw_by(registers.register(session, version), rule, seed)
    new = draws.New(commune.DRAW_TITLE, commune.DRAW_YEAR, rule, seed, version)
    draws.keep(session, new, drawn, officer.id, now)


def _register() -> str:
    names = {code: name for code, name, _ in commune.VILLAGES}
    rows = ["village,village_name,household,seed_f,seed_m"]
    rows += [
        f"{h.village},{names[h.village]},{h.code},{h.seed_f},{h.seed_m}"
        for h in commune.households()
    ]
    return "\n".join(rows)
