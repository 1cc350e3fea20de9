"""The real list against its cleaned twin, cell by cell, with seconds and memory.

    python benchmarks/lists.py [FOLDER]

The folder holds `projektilista-2007-2013-raw.csv` and `…-cleaned.csv` (../shared/real/lists by
default), which are not part of the project. The twin was repaired by hand elsewhere: its
authorities and titles have lost the commas, and quotes have been dropped or moved.
"""

import re
import resource
import sys
import time
from pathlib import Path

import pandas as pd

import esrdata

SAME = {
    "Koodi": "projects.project_code", "Rahasto": "projects.fund", "Tl": "projects.priority_axis",
    "Toiminnan tila": "projects.status", "Aloituspvm": "projects.start_date",
    "Päättymispvm": "projects.end_date",
    "Myönnetty EU- ja valtion rahoitus": "funding.eu_and_state.planned",
    "Toteutunut EU- ja valtion rahoitus": "funding.eu_and_state.realised",
    "Suunniteltu julkinen rahoitus yhteensä": "funding.public_total.planned",
    "Toteutunut julkinen rahoitus yhteensä": "funding.public_total.realised",
}  # fmt: skip
BUT_FOR_COMMAS = {
    "Projektin nimi": "projects.name",
    "Ohjelma / osio": "projects.programme_section",
    "Viranomainen": "projects.authority",
    "Toteuttajan nimi": "projects.applicant",
}


def bare(text: str) -> str:
    """A text without what the twin lost or moved: commas, white space, quotes."""
    return re.sub(r"[\s,\"']+", "", text)


def main(folder: Path) -> int:
    """Print the comparison; exit code 0 where every cell agrees."""
    raw, twin = (folder / f"projektilista-2007-2013-{name}.csv" for name in ("raw", "cleaned"))
    esrdata.read(twin)  # what is read and compiled once in a process is not counted
    began, cpu = time.perf_counter(), time.process_time()
    portfolio = esrdata.read(raw)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    truth = pd.read_csv(twin, dtype=str, keep_default_na=False).set_index("Koodi", drop=False)
    cells = portfolio.provenance.pivot(index="project_code", columns="field", values="raw")
    cells = cells.astype(object).where(cells.notna(), "").reindex(truth.index)
    differ = pd.Series(False, index=truth.index)
    for theirs, ours in {**SAME, **BUT_FOR_COMMAS}.items():
        fold = bare if theirs in BUT_FOR_COMMAS else str.strip
        unlike = cells[ours].map(str).map(fold) != truth[theirs].map(fold)
        print(f"{theirs:45} {int((~unlike).sum()):6} equal {int(unlike.sum()):5} not")
        differ |= unlike
    counts = portfolio.issues["code"].value_counts()
    print(f"rows in the twin {len(truth)}, in the table {len(portfolio.projects)}")
    print(
        f"rows equal {int((~differ).sum())}, repaired {counts.get('list_row_repaired', 0)},", end=""
    )
    print(f" left {counts.get('list_row_unreadable', 0)}")
    esr = portfolio.select(fund="ESR")
    sums = esr.funding.groupby(["measure", "stage"])["amount_eur"].sum().map("{:,.0f}".format)
    print(f"ESR rows {len(esr)}:", sums.to_dict())
    print(f"{seconds:.2f} s ({cpu:.2f} s of one core), {peak:.0f} MB at most in the whole run")
    return int(differ.any() or len(truth) != len(portfolio.projects))


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[1]
    folder = Path(sys.argv[1]) if sys.argv[1:] else here.parent / "shared/real/lists"
    sys.exit(main(folder))
