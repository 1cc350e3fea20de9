"""The grammar of `titles.yml`: what titles of charts find, by the condition the code checks."""

from pydantic import Field, RootModel, model_validator
from pydantic_core import PydanticCustomError

from esrdata.knowledge.entries import placeholders
from esrdata.knowledge.schema.base import InThree, Text

#: The title that names the thing, where no condition holds.
NEUTRAL = "neutral"


class Title(InThree):
    """A title."""

    when: Text
    """the condition under which it stands, for people: the code checks it"""
    least: int = Field(default=1, ge=1)
    """the fewest projects of which it speaks; 1 where it is not written"""

    @model_validator(mode="after")
    def _same_braces(self) -> "Title":
        first, *others = (set(placeholders(text)) for text in (self.fi, self.sv, self.en))
        if any(other != first for other in others):
            raise PydanticCustomError("braces", "the same braces in all three languages")
        return self


class Titles(RootModel[dict[str, dict[str, Title]]]):
    """Chart -> name of a finding -> its title."""

    @model_validator(mode="after")
    def _neutral(self) -> "Titles":
        lacking = [chart for chart, titles in self.root.items() if NEUTRAL not in titles]
        if lacking:
            raise PydanticCustomError("neutral", "a neutral title in {w}", {"w": lacking[0]})
        return self
