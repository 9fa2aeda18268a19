"""What config.yaml may say about the verdicts on the extracts: how serious each is, and from how many records on."""

import re
from difflib import get_close_matches
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sop_cli.findings.rules import RULES

_CODES = [code for code in RULES if code.startswith("I")]
_CONDITION = re.compile(r"(>=?)\s*(\d+(?:\.\d+)?)\s*(%?)")


def _known(code: str) -> str:
    if code not in _CODES:
        near = get_close_matches(code.upper(), _CODES, 1, 0.7)
        meant = f"; did you mean {near[0]}?" if near else "; docs/rules.md lists them"
        raise ValueError(f"is no code of a verdict on the extracts{meant}")
    return code


def _condition(text: str) -> str:
    if _CONDITION.fullmatch(text.strip()) is None:
        raise ValueError("should be a condition such as '> 10' or '>= 0.5 %'")
    return text.strip()


def condition(text: str) -> tuple[bool, str, bool]:
    """`>= 0.5 %` as whether the limit itself counts, the limit, and whether it is in percent."""
    found = _CONDITION.fullmatch(text)
    assert found is not None
    return found[1] == ">=", found[2], bool(found[3])


Condition = Annotated[str, AfterValidator(_condition)]


class Check(BaseModel):
    """How serious one verdict is: always the same, or by the number of records it concerns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    severity: Literal["off", "info", "warning", "error"] | None = Field(
        default=None,
        description="How serious it is where no condition is met; `off` is not told at all, but counted all the same.",
    )
    warn_if: Condition | None = Field(
        default=None,
        description="A warning from so many records of the source on, and merely info below: `> 10`, or `>= 0.5 %` of "
        "the records read.",
    )
    error_if: Condition | None = Field(
        default=None, description="An error from so many on; below it is no more than a warning."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.severity is self.warn_if is self.error_if is None:
            raise ValueError("says nothing; give it a severity, warn_if or error_if")
        return self


def _as_check(value: object) -> object:
    return {"severity": value} if isinstance(value, str) else value


Checks = dict[Annotated[str, AfterValidator(_known)], Annotated[Check, BeforeValidator(_as_check)]]
