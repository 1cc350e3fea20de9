"""The commands for finished packs: verify, diff, sign, new-key."""

import json
from pathlib import Path

import click

from esrdata.cli.errors import DONE, FINDINGS, one_sentence
from esrdata.cli.help import Helped
from esrdata.cli.language import LANG
from esrdata.cli.output import echo, write_file
from esrdata.cli.places import Place
from esrdata.knowledge.wording import word

PACK = click.argument("pack", type=Place(path_type=Path, file_okay=False, exists=True))
JSON = click.option("--json", "file", type=Place(path_type=Path, dir_okay=False))


@click.command(cls=Helped)
@PACK
@JSON
@click.option("--sources", type=Place(path_type=Path, file_okay=False, exists=True))
@click.option("--recompute/--hashes", default=True, show_default=True)
@click.option("--public-key")
@LANG
@one_sentence
def verify(
    pack: Path,
    file: Path | None,
    sources: Path | None,
    recompute: bool,
    public_key: str | None,
    lang: str,
) -> int:
    """Tell whether PACK, a folder that esrdata wrote, is as it was written; exit 1 if not."""
    from esrdata.packs.verify import verify as verified

    found = verified(pack, sources, recompute=recompute, public_key=public_key)
    if file is not None:
        _write_json(file, found.as_json(lang))
    echo(found.text(lang))
    return DONE if found.unaltered else FINDINGS


@click.command(cls=Helped)
@click.argument("pack_a", type=Place(path_type=Path, file_okay=False, exists=True))
@click.argument("pack_b", type=Place(path_type=Path, file_okay=False, exists=True))
@JSON
@click.option("--out", type=Place(path_type=Path, dir_okay=False))
@LANG
@one_sentence
def diff(pack_a: Path, pack_b: Path, file: Path | None, out: Path | None, lang: str) -> int:
    """Tell two packs apart, the older first: how they were made, projects, figures."""
    from esrdata.packs.diff import diff as differing

    found = differing(pack_a, pack_b)
    if file is not None:
        _write_json(file, found.as_json())
    if out is not None:
        found.write(out, lang=lang)
    echo(found.text(lang))
    return DONE


@click.command(cls=Helped)
@PACK
@click.option("--key", required=True, type=Place(path_type=Path, dir_okay=False))
@LANG
@one_sentence
def sign(pack: Path, key: Path, lang: str) -> int:
    """Sign PACK, so that nobody without the key can alter it unnoticed."""
    from esrdata.packs.sign import sign as signed

    echo(word("cli.signed", lang, file=str(signed(pack, key))))
    return DONE


@click.command("new-key", cls=Helped)
@click.argument("file", type=Place(path_type=Path, dir_okay=False))
@LANG
@one_sentence
def new_key(file: Path, lang: str) -> int:
    """Make a key to sign with: FILE, for you alone, and FILE.pub, for everybody."""
    from esrdata.packs.sign import new_key as make

    secret, public = make(file)
    echo(word("cli.key_made", lang, secret=str(secret), public=str(public)))
    return DONE


def _write_json(file: Path, found: object) -> None:
    write_file(file, json.dumps(found, ensure_ascii=False, indent=1) + "\n")
