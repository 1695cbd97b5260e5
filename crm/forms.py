"""The base of every form: frozen, stripped of stray blanks, and with reason codes instead of English sentences."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from crm.errors import InvalidForm


class Form(BaseModel):
    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="forbid", arbitrary_types_allowed=True)

    @classmethod
    def checked(cls, **typed: Any) -> Self:
        """The form, or `InvalidForm` with pydantic's error type (or our own code) for each field that is wrong."""
        try:
            return cls(**typed)
        except ValidationError as error:
            raise InvalidForm(_reasons(error)) from error


def _reasons(error: ValidationError) -> dict[str, str]:
    return {".".join(str(step) for step in problem["loc"]): problem["type"] for problem in reversed(error.errors())}
