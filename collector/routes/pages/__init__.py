"""The officers' pages, one file a resource: server-rendered, in Vietnamese and English."""

from collector.routes.pages import (
    account,
    approval,
    boundaries,
    collection,
    conflicts,
    envelopes,
    home,
    indicator,
    plan,
    review,
    signing,
    users,
    versions,
)
from collector.routes.pages.blueprint import blueprint

__all__ = [
    "account",
    "approval",
    "boundaries",
    "blueprint",
    "collection",
    "conflicts",
    "envelopes",
    "home",
    "indicator",
    "plan",
    "review",
    "signing",
    "users",
    "versions",
]
