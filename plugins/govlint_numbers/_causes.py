"""Causes (原因): why relations are broken, as far as the figures tell."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from msgspec import Struct

from govlint_numbers._figures import Figure
from govlint_numbers._relations import Judged
from govlint_numbers._slips import Slip


class Cause(Struct, frozen=True):
    """Why relations are broken.

    ``figure``: one figure is wrong, ``value`` is what it should be where that is determined. ``exchange``: ``figure``
    and ``other`` stand in each other's place. ``shift``: the values of the ``run`` have slipped by a row. ``row``: a row
    is missing below that of ``figure``. ``open``: one of the figures of the relations is wrong; ``figure`` is the target
    of the first.
    """

    kind: Literal["figure", "exchange", "shift", "row", "open"]
    figure: Figure
    broken: tuple[Judged, ...]
    value: Decimal | None = None
    other: Figure | None = None
    slip: Slip | None = None
    run: tuple[Moved, ...] = ()
    sure: bool = True


class Explained(NamedTuple):
    """Causes that were found, and the broken relations that they explain, by index."""

    causes: list[Cause]
    relations: set[int]


class Moved(Struct, frozen=True):
    """A figure of a run that has slipped, and the value that belongs there."""

    figure: Figure
    value: Decimal
