"""What a shelf of a user's own must hold to, checked before anything is read by it."""

from esrdata.errors import KnowledgeError
from esrdata.knowledge import load
from esrdata.knowledge.shelf import PACKAGE, PLACES, Shelf, using


def check(shelf: Shelf) -> None:
    """Check the files that a user's folders add.

    Raises
    ------
    KnowledgeError
        If one cannot be used; the sentence names it.
    """
    taken = {f"{kind}/{path.name}" for kind in PLACES for path in PACKAGE.joinpath(kind).iterdir()}
    for folder in shelf.folders:
        for place, _ in folder.files:
            kind = place.partition("/")[0]
            if kind in ("forms", "lists") and place in taken:
                raise KnowledgeError(
                    f"The name of {folder.name}/{place} is taken: give the file another one."
                )
            taken.add(place)
    with using(shelf):
        load.words()
        for name in load.form_names():
            load.form(name)
