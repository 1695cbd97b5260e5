"""What can go wrong in a way somebody can do something about. Everything else is a bug, and crashes."""

from __future__ import annotations

from collections.abc import Mapping


class CrmError(Exception):
    """The only kind of error whose words reach people. `code` picks the text, `facts` fill it."""

    code = "error"

    def __init__(self, code: str | None = None, **facts: object) -> None:
        self.code = code or type(self).code
        self.facts: dict[str, object] = facts
        super().__init__(self.code, facts)


class NotAllowed(CrmError):
    """The role may not do this."""

    code = "not_allowed"


class SignedOut(CrmError):
    """The session ended, or its user was disabled, since the screen was drawn."""

    code = "signed_out"


class NotFound(CrmError):
    """No such record, or not any more. Facts: kind, id."""

    code = "not_found"


class ChangedMeanwhile(CrmError):
    """Somebody else saved first. Facts: `changes`, the audit facts of what they did, and `by`, their name."""

    code = "changed_meanwhile"


class Refused(CrmError):
    """A rule of the domain says no; the code says which."""

    code = "refused"


class InvalidForm(CrmError):
    """What was typed cannot be saved. `problems` has a reason code for each field; "" is the form as a whole.

    Facts fill the sentences of the codes, as the `name` of whoever has what was typed.
    """

    code = "invalid_form"

    def __init__(self, problems: Mapping[str, str], **facts: str) -> None:
        super().__init__(problems=dict(problems))
        self.said: dict[str, str] = facts
        self.problems: dict[str, str] = dict(problems)
