"""What is typed about users. Passwords are kept exactly as typed, blanks too, and never shown again or logged."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, SecretStr, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from crm.contact_details import read_email
from crm.forms import Form
from crm.users.rules import password_problem
from db.models.users import Role


def _email(typed: str) -> str:
    email = read_email(typed)
    if not email.valid or email.normalised is None:
        raise PydanticCustomError("email_not_valid", "not an e-mail address")
    return email.normalised


def email_key(typed: str) -> str:
    """Two spellings of one mailbox are one user; also for what is no address, which then is nobody's."""
    return read_email(typed).key


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
EmailAddress = Annotated[str, StringConstraints(strip_whitespace=True, max_length=320), AfterValidator(_email)]


class NewUser(Form):
    name: Name
    email: EmailAddress
    role: Role
    language: Literal["nb", "en"] = "nb"


class ChosenPassword(Form):
    """A password and the same again. `email` is whose it will be: it may not stand inside."""

    model_config = ConfigDict(str_strip_whitespace=False)

    email: str
    password: SecretStr
    again: SecretStr

    @field_validator("password")
    @classmethod
    def _is_good(cls, password: SecretStr, info: ValidationInfo) -> SecretStr:
        problem = password_problem(password.get_secret_value(), info.data.get("email", ""))
        if problem is not None:
            raise PydanticCustomError(problem, "not a good password")
        return password

    @field_validator("again")
    @classmethod
    def _is_the_same(cls, again: SecretStr, info: ValidationInfo) -> SecretStr:
        if "password" in info.data and again.get_secret_value() != info.data["password"].get_secret_value():
            raise PydanticCustomError("passwords_differ", "not the same password twice")
        return again


class FirstAdministrator(ChosenPassword):
    name: Name
    email: EmailAddress
    language: Literal["nb", "en"] = "nb"


class ChangedPassword(ChosenPassword):
    current: SecretStr
