"""Strongly connected components in an order in which what is read comes first (Tarjan 1972)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def components(nodes: list[T], reads: Callable[[T], Iterable[T]]) -> list[list[T]]:
    """The components of a graph, each after those that it reads; members in the order of `nodes`.

    Without recursion, so a form with thousands of calculations in a chain is no matter.
    """
    place = {node: at for at, node in enumerate(nodes)}
    number: dict[T, int] = {}
    low: dict[T, int] = {}
    open_: list[T] = []
    found: list[list[T]] = []
    for start in nodes:
        if start in number:
            continue
        work: list[tuple[T, Iterator[T]]] = [(start, iter(reads(start)))]
        number[start] = low[start] = len(number)
        open_.append(start)
        while work:
            node, following = work[-1]
            after = next(following, None)
            if after is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    cut = open_.index(node)
                    found.append(sorted(open_[cut:], key=place.__getitem__))
                    del open_[cut:]
            elif after not in number:
                number[after] = low[after] = len(number)
                open_.append(after)
                work.append((after, iter(reads(after))))
            elif after in open_:
                low[node] = min(low[node], number[after])
    return found
