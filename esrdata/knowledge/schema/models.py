"""The models that `grammar.yml` describes: of code lists, lists, and files of ours alone."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Annotated, Any, Literal, Self, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from esrdata.knowledge import load
from esrdata.knowledge.schema.base import InThree, Pattern, Strict, Text, ensure_pattern


def _day(text: str) -> str:
    # A day that no calendar has is no day.
    return text and str(dt.date.fromisoformat(text))


def _leaves(value: Any) -> Any:
    """Refuse what YAML took for something else: `on` and `no` are true and false to it."""
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(inner, Iterable) and not isinstance(inner, str):
        for part in inner:
            _leaves(part)
    elif isinstance(inner, bool | dt.date):
        raise PydanticCustomError("string_type", "text")
    return value


def _row(value: Any) -> Any:
    """A pattern and what it is worth, in a list."""
    if not isinstance(value, list) or len(value) < 2 or not isinstance(value[0], str):
        raise PydanticCustomError("list_type", "a pattern and its value")
    ensure_pattern(value[0])
    return value


#: Texts, numbers, and lists and groups of them.
_Group = Annotated[Any, AfterValidator(_leaves)]
_Amount = Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]
_Day = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$"), AfterValidator(_day)]


class Words(Strict):
    """Words in groups, each typed; readers ask for a group by its name, so one may be added."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, _Group]


class EitherOne(Strict):
    """A mapping that has exactly one of its keys."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(map(bool, self.__dict__.values())) != 1:
            raise PydanticCustomError("one_of", "give either " + " or ".join(self.__dict__))
        return self


def _text(pattern: str) -> Any:
    return Annotated[str, Field(pattern=pattern)]


#: What types in `grammar.yml` are made of, besides its own models.
_TYPES: dict[str, Any] = {
    "InThree": InThree,
    "Literal": Literal,
    "Pattern": Pattern,
    "Text": Text,
    "Words": Words,
    "EitherOne": EitherOne,
    "Texts": list[Text],
    "Patterns": list[Pattern],
    #: A pattern and its value, in a list.
    "Row": Annotated[Any, AfterValidator(_row)],
    "Group": _Group,
    "Lang": Literal["fi", "sv", "en"],
    #: Lemma -> its stems, which are patterns.
    "Lemmas": dict[str, list[Pattern]],
    #: A number, as text, and the words for it.
    "ByNumber": dict[_Amount, list[Text]],
    "Number": int | float,
    "Share": Annotated[int | float, Field(ge=0, le=1)],
    # ---- Cells of CSV files, which are all text.
    "Amount": _Amount,
    "Whole": _text(r"^\d*$"),
    "Year": _text(r"^\d{4}$"),
    "YesNo": _text(r"^(yes|no)$"),
    "Letter": _text(r"^[A-ZÅÄÖ]$"),
    "Day": _Day,
    "SomeDay": Annotated[_Day, Field(min_length=1)],
    #: A name that stands between the dots of a field.
    "Name": _text(r"^[a-z][a-z0-9_]*$"),
    #: A name that fits beside bars.
    "Short": Annotated[str, Field(max_length=45)],
    "Address": _text("^https?://"),
    "CodeAddress": _text(r"^https://.*\{code\}"),
}


class _Known(dict[str, Any]):
    """Types by name; a model of `grammar.yml` is made when something asks for it."""

    def __missing__(self, name: str) -> type[BaseModel]:
        spec = load.grammar()["models"][name]
        keys: dict[str, Any] = {key: {"is": "Group"} for key in spec.get("groups", "").split()}
        keys |= spec.get("keys", {})
        types = _types({key: one["is"] for key, one in keys.items()})
        fields: dict[str, Any] = {key: (types[key], _field(one)) for key, one in keys.items()}
        base = self[spec["of"]] if "of" in spec else Strict
        made: type[BaseModel] = create_model(name, __base__=base, __doc__=spec["what"], **fields)
        self[name] = made
        return made


_KNOWN = _Known(_TYPES)


def _types(written: Mapping[str, str]) -> dict[str, Any]:
    """Types as they are written, by their keys."""
    return get_type_hints(SimpleNamespace(__annotations__=written), {}, _KNOWN, include_extras=True)


def _field(spec: Mapping[str, Any]) -> Any:
    what = spec.get("what")
    if "else" not in spec:
        return Field(description=what)
    if isinstance(spec["else"], list | dict):
        return Field(default_factory=type(spec["else"]), description=what)
    return Field(spec["else"], description=what)


def model_named(name: str) -> type[BaseModel]:
    """A model by its name."""
    found: type[BaseModel] = _KNOWN[name]
    return found


@cache
def model_of(place: str) -> type[BaseModel]:
    """The model of a YAML file of ours by its place, a key of `files`."""
    root: Any = _types({"root": load.grammar()["files"][place]})["root"]
    made: Any = root if isinstance(root, type) else RootModel.__class_getitem__(root)
    found: type[BaseModel] = made
    return found


def code_list(name: str) -> Mapping[str, Any]:
    """What is special of a code list: the model of its rows, key, references, columns in order."""
    found: Mapping[str, Any] = load.grammar()["codes"].get(name, {})
    return found
