"""How commands end: exit codes, and errors as one sentence in the chosen language."""

import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click

from esrdata.cli.help import HelpedGroup, NoValue, placeholder
from esrdata.cli.language import language, language_of
from esrdata.cli.output import echo
from esrdata.collecting import none_at_exit
from esrdata.errors import EsrdataError, Sentence, nearest
from esrdata.guard import Failure, attempt
from esrdata.knowledge import load
from esrdata.knowledge.schema.problems import ShelfError
from esrdata.knowledge.wording import word

DONE, FINDINGS, WRONG_USE, BROKEN, STOPPED = 0, 1, 2, 70, 130
_REACHED = "esrdata.reached"
# Raised on purpose by us or click; a reader that closes the pipe early is no error of ours.
_PASSING = (EsrdataError, click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError)
# At most so many commands or values are listed.
_LISTED = 30


def one_sentence(command: Callable[..., int]) -> Callable[..., None]:
    """Turn errors that esrdata raises into one sentence on stderr and exit code 2.

    Failures of esrdata itself also give one sentence, with the places in the code, and exit code
    70. A shelf gets a sentence for each mistake. Ctrl-C ends with 130 and says how far the command
    got.
    """

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        lang = kwargs.get("lang") or language_of(click.get_current_context())
        try:
            with _warnings_worded(lang):
                made = attempt(lambda: command(*args, **kwargs), passing=_PASSING)
            if isinstance(made, Failure):
                echo(word("error.broken", lang, raw=made.raw), err=True)
            code = BROKEN if isinstance(made, Failure) else made
        except ShelfError as error:
            echo(error.text(lang), err=True)
            code = WRONG_USE
        except EsrdataError as error:
            echo(text_of(error, lang), err=True)
            code = WRONG_USE
        except KeyboardInterrupt:
            echo(_stopped(lang), err=True)
            code = STOPPED
        sys.exit(code)

    return run


@contextmanager
def _warnings_worded(lang: str) -> Iterator[None]:
    """Print our warnings as sentences in the chosen language, without the place in the code."""
    plain = warnings.showwarning

    def show(message: Warning | str, *about: Any, **more: Any) -> None:
        if isinstance(message, Warning) and message.args and isinstance(message.args[0], Sentence):
            echo(text_of(message, lang), err=True)
        else:
            plain(message, *about, **more)

    warnings.showwarning = show
    try:
        yield
    finally:
        warnings.showwarning = plain


def reached(title: str, done: int, total: int) -> None:
    """Remember how far a command got, in case it is stopped."""
    click.get_current_context().meta[_REACHED] = (title, done, total)


def _stopped(lang: str) -> str:
    found = click.get_current_context().meta.get(_REACHED)
    if found is None:
        return word("cli.stopped_early", lang)
    title, done, total = found
    if not total:
        return word("cli.stopped_at", lang, title=title)
    return word("cli.stopped", lang, title=title, done=done, total=total)


def text_of(error: Exception, lang: str) -> str:
    """The sentence of an error in a language; in English if there is no translation."""
    sentence = error.args[0] if error.args else ""
    if lang == "en" or not isinstance(sentence, Sentence):
        return str(error)
    return _written(sentence, lang)


def _written(sentence: Sentence, lang: str) -> str:
    """A sentence, and those within it, in a language."""
    values = {
        name: _written(value, lang) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    kind = values.get("kind")
    if kind in load.words()["error"]["kind"]:
        values["kind"] = word(f"error.kind.{kind}", lang)
    return word(sentence.key, lang, **values)


class Commands(HelpedGroup):
    """Commands that report wrong use in the chosen language."""

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run a command; an error of click becomes one sentence and exit code 2."""
        given = list(sys.argv[1:] if args is None else args)
        plain: Callable[..., Any] = super().main
        if not standalone_mode:
            return plain(given, standalone_mode=False, **extra)
        none_at_exit()
        lang = language(given)
        try:
            sys.exit(plain(given, standalone_mode=False, **{"obj": lang, **extra}) or DONE)
        except click.exceptions.Abort:
            echo(word("cli.stopped_early", lang), err=True)
            sys.exit(STOPPED)
        except click.exceptions.NoArgsIsHelpError as error:
            echo(error.format_message(), err=True)
            sys.exit(WRONG_USE)
        except click.UsageError as error:
            echo(f"{_usage(error, lang)} {_help(error, lang)}".strip(), err=True)
            sys.exit(WRONG_USE)
        except click.ClickException as error:
            echo(word("error.usage.other", lang, text=error.format_message()), err=True)
            sys.exit(WRONG_USE)


def _help(error: click.UsageError, lang: str) -> str:
    if error.ctx is None:
        return ""
    return f"({word('error.usage.help', lang, command=error.ctx.command_path)})"


def _usage(error: click.UsageError, lang: str) -> str:
    """An error of click as a sentence."""
    # Subclasses are tested first.
    if isinstance(error, click.MissingParameter):
        return word("error.usage.missing", lang, name=_name(error, lang))
    if isinstance(error, click.BadParameter) and isinstance(
        getattr(error.param, "type", None), click.Choice
    ):
        known = ", ".join(map(str, error.param.type.choices))  # type: ignore[union-attr]
        value = error.message.partition("'")[2].partition("'")[0]
        return word("error.usage.choice", lang, name=_name(error, lang), value=value, known=known)
    if isinstance(error, click.NoSuchOption):
        return _no_option(error, lang)
    if isinstance(error, click.BadOptionUsage):
        key = "no_value" if isinstance(error, NoValue) else "value"
        return word(f"error.usage.{key}", lang, name=error.option_name)
    if isinstance(error, click.BadParameter):
        return _bad_value(error, lang)
    context = error.ctx
    if context is not None and isinstance(context.command, click.Group):
        asked = error.format_message().partition("'")[2].partition("'")[0]
        names = list(context.command.commands)
        if not asked:
            known = ", ".join(names[:_LISTED])
            return word("error.usage.command_missing", lang, known=known)
        if asked not in names:
            return _no_command(asked, names, lang)
    return word("error.usage.extra", lang, text=error.format_message().rpartition("(")[2][:-1])


def _bad_value(error: click.BadParameter, lang: str) -> str:
    """A value of the wrong kind: not a number, or a file for a folder."""
    kind, name = getattr(error.param, "type", None), _name(error, lang)
    value = error.message.partition("'")[2].partition("'")[0]
    if isinstance(kind, click.types.IntParamType):
        if value or not isinstance(kind, click.IntRange):
            return word("error.usage.whole", lang, name=name, value=value)
        # None of our ranges has an upper end.
        return word("error.usage.least", lang, name=name, low=kind.min)
    if isinstance(kind, click.Path) and not Path(value).exists():
        return word("error.no_source", lang, source=value)
    if isinstance(kind, click.Path) and (kind.dir_okay if Path(value).is_dir() else kind.file_okay):
        return word("error.usage.denied", lang, name=value)
    if isinstance(kind, click.Path):
        return word(f"error.usage.{'a_file' if kind.dir_okay else 'a_folder'}", lang, name=value)
    return word("error.usage.other", lang, text=error.format_message())


def _no_option(error: click.NoSuchOption, lang: str) -> str:
    options = [] if error.ctx is None else error.ctx.command.params
    near = nearest(error.option_name, [name for each in options for name in each.opts])
    if near is None:
        return word("error.usage.option", lang, name=error.option_name)
    return word("error.usage.option_near", lang, name=error.option_name, near=near)


def _no_command(asked: str, known: list[str], lang: str) -> str:
    near = nearest(asked, known)
    if near is not None:
        return word("error.usage.command_near", lang, name=asked, near=near)
    return word("error.usage.command_known", lang, name=asked, known=", ".join(known[:_LISTED]))


def _name(error: click.BadParameter, lang: str) -> str:
    param = error.param
    if param is None:
        return str(error.param_hint or "")
    if isinstance(param, click.Option):
        return param.opts[0]
    return placeholder(str(param.human_readable_name), lang).rstrip("…")
