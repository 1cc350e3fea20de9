"""What all models of knowledge files share: strict keys, strict types, labels and languages."""

import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """A mapping of which every key is known, and no value is turned into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


def _listed(value: Any) -> Any:
    if not isinstance(value, str | list):
        # What is wrong is that it is no text, not that it is no list.
        raise PydanticCustomError("string_type", "text")
    return [value] if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
#: A wording, or several of which the first is the usual one.
Wordings = Annotated[
    list[Text],
    BeforeValidator(_listed),
    Field(min_length=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
            ]
        }
    ),
]


def ensure_pattern(text: str) -> str:
    """Refuse what is no pattern of `re`."""
    try:
        re.compile(text)
    except re.error as error:
        raise PydanticCustomError("no_pattern", "{why}", {"why": str(error)}) from error
    return text


#: A pattern of Python's `re`.
Pattern = Annotated[Text, AfterValidator(ensure_pattern)]


class Documented(Strict):
    """A mapping of which what each key means stands under it, and in schemas for editors."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class InThree(Documented):
    """A text in each of the three languages."""

    fi: Text
    """in Finnish"""
    sv: Text
    """in Swedish"""
    en: Text
    """in English"""
