"""Claims against the gold marks outside the project; skipped where they are not at hand."""

import json
from pathlib import Path

import pytest

import esrdata
from esrdata.reading.claims.find import find_claims

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
FACTS = ("value", "value_high", "qualifier", "kind")


def test_every_marked_sentence_is_right() -> None:
    for entry in json.loads((SHARED / "gold/claims-sentences.json").read_text(encoding="utf-8")):
        found = [tuple(getattr(c, name) for name in FACTS) for c in find_claims(entry["text"])]
        assert found == [tuple(c[name] for name in FACTS) for c in entry["claims"]], entry["text"]


def test_the_final_reports_hold_what_was_marked() -> None:
    claims = esrdata.read(SHARED / "real/descriptions").claims
    gold = json.loads((SHARED / "gold/claims-final-reports.json").read_text(encoding="utf-8"))
    for code, marked in gold.items():
        own = claims[(claims["project_code"] == code) & (claims["section"] == "final_report")]
        for wanted in marked:
            same = own[
                (own["value"] == wanted["value"])
                & (own["qualifier"] == wanted["qualifier"])
                & (own["kind"] == wanted["kind"])
            ]
            assert same["text"].str.contains(wanted["snippet"], regex=False).any(), wanted
