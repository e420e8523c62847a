"""The officers' pages, one file a resource: server-rendered, in Vietnamese and English."""

from collector.routes.pages import (
    account,
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
)
from collector.routes.pages.blueprint import blueprint

__all__ = [
    "account",
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
]
