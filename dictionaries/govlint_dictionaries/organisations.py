"""Names of government bodies (机关名称): those in use, what they were called before and since when they are not."""

from __future__ import annotations

import tomllib
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from msgspec import Struct

from govlint_dictionaries.matching import Hit, Matcher


class Renamed(Struct, frozen=True):
    """An old name: ``find`` is its pattern, ``now`` the names that took its place, the likeliest first.

    ``since`` is the year in which the centre changed, ``local`` the year by which local bodies had; a report of that
    year may still tell of the time before.
    """

    find: str
    now: tuple[str, ...]
    since: int
    local: int
    change: Literal["renamed", "merged", "moved", "abolished"]


class Misnamed(Struct, frozen=True):
    """A name that is often written wrongly: ``find`` is its pattern, ``put`` the right one."""

    find: str
    put: str
    severity: Literal["error", "warning", "info"]


class Bodies:
    """The names of bodies of this package."""

    def __init__(
        self,
        current: dict[str, int | None],
        created: dict[str, int],
        renamed: tuple[Renamed, ...],
        misnamed: tuple[Misnamed, ...],
    ) -> None:
        self.current = current
        """The bodies of the State Council by name, with the year since when they are called so, if that is recent."""
        self.created = created
        """Local bodies that there are only since a year."""
        self.renamed = renamed
        self.misnamed = misnamed

    def find_renamed(self, text: str, year: int | None = None) -> list[Hit[Renamed]]:
        """The old names in a text; with a year only those that were out of use by the end of that year."""
        return [hit for hit in self._renamed_matcher.find(text) if year is None or hit.entry.local <= year]

    def find_misnamed(self, text: str) -> list[Hit[Misnamed]]:
        """The wrongly written names in a text."""
        return self._misnamed_matcher.find(text)

    @cached_property
    def _renamed_matcher(self) -> Matcher[Renamed]:
        return Matcher((entry.find, (), entry) for entry in self.renamed)

    @cached_property
    def _misnamed_matcher(self) -> Matcher[Misnamed]:
        return Matcher((entry.find, (), entry) for entry in self.misnamed)


@cache
def bodies() -> Bodies:
    """The names of bodies of this package."""
    data = tomllib.loads(files(__package__).joinpath("bodies.toml").read_text(encoding="utf-8"))
    return Bodies(
        {name: group.get("since") for group in data["current"] for name in group["names"]},
        {entry["name"]: entry["since"] for entry in data["created"]},
        tuple(
            Renamed(
                entry["find"], tuple(entry["now"]), entry["since"], entry.get("local", entry["since"]), entry["change"]
            )
            for entry in data["renamed"]
        ),
        tuple(Misnamed(entry["find"], entry["put"], entry["severity"]) for entry in data["misnamed"]),
    )
