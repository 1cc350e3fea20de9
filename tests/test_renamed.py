"""Former names work for one version more, and say what to write now."""

import pytest

import esrdata
from esrdata.stats import groups


@pytest.mark.parametrize(
    ("module", "name", "now"),
    [
        (esrdata, "review_claims", "read_review"),
        (esrdata, "dictionary", "data_dictionary"),
        (esrdata.stats, "review_claims", "read_review"),
        (esrdata.stats, "accepted", "accepted_claims"),
        (groups, "describe", "annotate"),
    ],
)
def test_a_former_name_gives_the_new_one_and_warns(module: object, name: str, now: str) -> None:
    with pytest.warns(DeprecationWarning, match=f"{name} is called {now} now"):
        found = getattr(module, name)
    assert found is getattr(module, now)


@pytest.mark.parametrize("module", [esrdata, esrdata.stats, groups])
def test_no_other_name_is_made_up(module: object) -> None:
    with pytest.raises(AttributeError, match="no attribute 'reviewed'"):
        module.reviewed  # type: ignore[attr-defined]  # noqa: B018
