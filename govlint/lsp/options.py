"""What a client may set, in ``initializationOptions`` or under ``govlint`` in its settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from govlint.config import Choices
from govlint.reporters import Language

_REASONS = {"zh": ("经核对无误", "原文如此"), "en": ("checked, correct as it is", "as in the original")}


class Options(Struct, frozen=True):
    """The client's wishes.

    ``lang`` is the language of messages; ``inlay_hints`` shows the ledger (数字台账) beside the numbers; ``ask_reason``
    says that the client has the command ``govlint.askReason``, which asks for the reason of a suppression;
    ``reasons`` are offered where it has not; what the file ``baseline`` knows is not shown; ``choices`` are as on the
    command line.
    """

    lang: Language = "zh"
    inlay_hints: bool = False
    ask_reason: bool = False
    reasons: tuple[str, ...] = ()
    baseline: Path | None = None
    choices: Choices = field(default_factory=Choices)

    def say(self, message: str, english: str) -> str:
        """One of the two, by language."""
        return english if self.lang == "en" else message

    def suppression_reasons(self) -> tuple[str, ...]:
        """The reasons to offer."""
        return self.reasons or _REASONS[self.lang]

    def updated(self, given: object) -> Options:
        """With what the client sent; what has not the right type is left as it was."""
        if not isinstance(given, Mapping):
            return self
        lang = given.get("lang")
        select, ignore = _strings(given.get("select")), _strings(given.get("ignore"))
        choices = Choices(
            select or (None if select == () else self.choices.select),
            self.choices.ignore if ignore is None else ignore,
            config=_file(given, "config", self.choices.config),
        )
        return replace(
            self,
            lang=lang if lang in ("zh", "en") else self.lang,
            inlay_hints=_flag(given, "inlayHints", self.inlay_hints),
            ask_reason=_flag(given, "askReason", self.ask_reason),
            reasons=_strings(given.get("reasons")) or self.reasons,
            baseline=_file(given, "baseline", self.baseline),
            choices=choices,
        )


def _flag(given: Mapping[str, Any], key: str, default: bool) -> bool:
    value = given.get(key)
    return value if isinstance(value, bool) else default


def _file(given: Mapping[str, Any], key: str, default: Path | None) -> Path | None:
    """A path; an empty one is none."""
    value = given.get(key)
    if not isinstance(value, str):
        return default
    return Path(value) if value else None


def _strings(value: object) -> tuple[str, ...] | None:
    if isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
        return tuple(value)
    return None
