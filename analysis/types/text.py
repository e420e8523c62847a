"""Words in both languages, for everything that a reader sees."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; Vietnamese is the one that a report prints."""

    vi: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language.startswith("en") else self.vi
