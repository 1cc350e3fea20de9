"""Links projects on web pages without codes to known projects, with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from esrdata.knowledge import load
from esrdata.reading.record import Record
from esrdata.tables.linking.likeness import alike, title
from esrdata.tables.linking.reasons import Project, Reason, reasons_of


class LinkStatus(StrEnum):
    """The outcome for a project of a page."""

    LINKED = "linked"
    BELOW_THRESHOLD = "below_threshold"
    AMBIGUOUS = "ambiguous"
    NO_CANDIDATE = "no_candidate"


@dataclass(frozen=True, slots=True)
class Link:
    """The result for one project of a page.

    `project_code` is the project it is linked to, `candidate` the best match, linked or not;
    `score` and `reasons` belong to the candidate.
    """

    record: Record
    status: LinkStatus
    project_code: str | None = None
    candidate: str | None = None
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()

    def text(self) -> str:
        """The reasons in one line, in no language."""
        return "; ".join(reason.text() for reason in self.reasons)


def _links(page: Project, by_wording: Mapping[str, list[Project]]) -> list[Link]:
    """Possible links of a page's project, the best first, not yet judged."""
    shelf, wordings = load.linkage(), list(by_wording)
    short: dict[str, float] = {}
    cutoff = 100 * shelf["title_near"]
    for asked in dict.fromkeys(title(page.name).wordings):
        for scorer in (fuzz.ratio, fuzz.token_set_ratio, fuzz.partial_ratio):
            found = process.extract(
                asked, wordings, scorer=scorer, limit=shelf["shortlist"], score_cutoff=cutoff
            )
            for wording, _, _ in found:
                short[wording] = max(short.get(wording, 0), alike(asked, wording))
    near = [wording for wording, likeness in short.items() if likeness >= shelf["title_near"]]
    best: dict[str, Link] = {}
    for known in {id(k): k for wording in near for k in by_wording[wording]}.values():
        code, reasons = known.record.code, reasons_of(page, known)
        score = min(1.0, max(0.0, sum(reason.points for reason in reasons)))
        if code is not None and (code not in best or score > best[code].score):
            best[code] = Link(page.record, LinkStatus.NO_CANDIDATE, None, code, score, reasons)
    return sorted(best.values(), key=lambda link: -link.score)


def _judged(record: Record, ranked: Sequence[Link]) -> Link:
    shelf = load.linkage()
    if not ranked or ranked[0].score == 0:
        return Link(record, LinkStatus.NO_CANDIDATE)
    best, *others = ranked
    likeness = best.reasons[0].likeness
    if best.score < shelf["threshold"] or likeness is None or likeness < shelf["title_floor"]:
        return replace(best, status=LinkStatus.BELOW_THRESHOLD)
    if others and best.score - others[0].score < shelf["margin"]:
        return replace(best, status=LinkStatus.AMBIGUOUS)
    return replace(best, status=LinkStatus.LINKED, project_code=best.candidate)


def link(pages: Sequence[Record], known: Sequence[Record]) -> list[Link]:
    """Find the known project that each web record without a code is about, in their order.

    Records in `pages` that have a code are left out. `known` are records with a code, several per
    project: the best match counts. Of two records of one page that match the same project the
    better one gets it; the other gets its next best, if that is good enough.
    """
    by_wording: dict[str, list[Project]] = {}
    for project in map(Project, known):
        if project.record.code is not None:
            for wording in filter(None, dict.fromkeys(title(project.name).wordings)):
                by_wording.setdefault(wording, []).append(project)
    asked = [Project(record) for record in pages if record.code is None]
    ranked = [_links(page, by_wording) for page in asked]
    found: dict[int, Link] = {}
    taken: set[tuple[str, str]] = set()
    waiting = dict(enumerate(ranked))
    while waiting:
        # Best first; where its project is taken, a record waits again with the others.
        at = max(waiting, key=lambda i: waiting[i][0].score if waiting[i] else 0.0)
        record = asked[at].record
        left = [one for one in waiting[at] if (record.path, str(one.candidate)) not in taken]
        if left != waiting[at]:
            waiting[at] = left
            continue
        found[at] = _judged(record, waiting.pop(at))
        if found[at].project_code is not None:
            taken.add((record.path, str(found[at].project_code)))
    return [found[at] for at in range(len(asked))]
