"""External lists (CSV files and the sheet's own choice lists) as rows, with indexes by column.

A file's rows are indexed once and remembered as long as the same list object is handed in, so a
household list of thousands costs nothing per submission.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

Item = Mapping[str, str]
_REMEMBERED = 16


class ItemList:
    """The items of one list, indexed by column on demand."""

    __slots__ = ("_indexes", "items")

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._indexes: dict[str, dict[str, list[Item]]] = {}

    def by(self, column: str) -> dict[str, list[Item]]:
        """Value of the column -> the items that hold it, in order."""
        index = self._indexes.get(column)
        if index is None:
            index = {}
            for item in self.items:
                index.setdefault(item.get(column, ""), []).append(item)
            self._indexes[column] = index
        return index


EMPTY = ItemList(())
_files: OrderedDict[int, ItemList] = OrderedDict()


def item_list(rows: Sequence[Item]) -> ItemList:
    """The ItemList of a media file's rows; the same object for the same list.

    The list must not be changed in place afterwards: hand in a new one.
    """
    known = _files.get(id(rows))
    if known is not None and known.items is rows:  # holding it keeps its id from being reused
        return known
    made = ItemList(rows)
    _files[id(rows)] = made
    while len(_files) > _REMEMBERED:
        _files.popitem(last=False)
    return made


class Media:
    """All lists that a form's expressions can name, by instance id."""

    __slots__ = ("_given", "_lists", "_names", "missing")

    def __init__(
        self,
        lists: Mapping[str, ItemList],
        names: Mapping[str, str],
        given: Mapping[str, Sequence[Item]],
    ) -> None:
        self._lists = lists
        self._names = names
        self._given = given
        self.missing: set[str] = set()

    def get(self, instance: str) -> ItemList:
        """The list of an instance id; an empty one, noted in `missing`, if its file is absent."""
        found = self._lists.get(instance)
        if found is not None:
            return found
        filename = self._names.get(instance)
        rows = self._given.get(filename) if filename is not None else None
        if rows is None:
            if filename is not None:
                self.missing.add(filename)
            return EMPTY
        return item_list(rows)


def own_lists(model: Mapping[str, Any]) -> dict[str, ItemList]:
    """The sheet's lists with every column a string: a label is its Vietnamese text.

    `itextId` is `list-3`, as pyxform numbers it, for `jr:itext(instance('list')/…/itextId)`.
    """
    found = {}
    for name, items in model.get("lists", {}).items():
        rows = []
        for at, item in enumerate(items):
            row = {k: v for k, v in item.items() if isinstance(v, str)}
            row["itextId"] = f"{name}-{at}"
            row["label"] = plain(item.get("label", {}).get("vi", ""))
            rows.append(row)
        found[name] = ItemList(rows)
    return found


def plain(part: Any) -> str:
    """A text without its outputs."""
    return part if isinstance(part, str) else "".join(p for p in part if isinstance(p, str))
