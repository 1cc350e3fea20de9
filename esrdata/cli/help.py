"""Help for commands in the chosen language; all its text is in `words.yml`."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import click

from esrdata.cli.language import language_of
from esrdata.knowledge import load
from esrdata.knowledge.entries import placeholders
from esrdata.knowledge.wording import word

_CAPITALS = re.compile(r"[A-Z]+")


class NoValue(click.BadOptionUsage):
    """An option followed by another option instead of its value."""


class Helped(click.Command):
    """A command with help in the chosen language."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse an option as the value of another, which click would accept."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        names = {name for one in options for name in (*one.opts, *one.secondary_opts)}
        valued = {name for one in options if not one.is_flag for name in one.opts}
        ours = args[: args.index("--")] if "--" in args else args
        for name, following in pairwise(ours):
            if name in valued and following in names:
                raise NoValue(name, "", ctx=ctx)
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        lang = language_of(ctx)
        pieces = [placeholder(piece, lang) for piece in self.collect_usage_pieces(ctx)]
        prefix = word("cli.help.usage", lang)
        formatter.write_usage(ctx.command_path, " ".join(pieces), f"{prefix} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        for paragraph in _does(self, ctx).split("\n\n"):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(paragraph)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option means."""
        lang = language_of(ctx)
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        rows = [(_names(one, ctx, lang), _means(one, ctx, lang)) for one in options]
        with formatter.section(word("cli.help.options", lang)):
            formatter.write_dl(rows)


class HelpedGroup(Helped, click.Group):
    """A group of commands with help in the chosen language."""

    command_class = Helped

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option means, and the first paragraph on each command."""
        super().format_options(ctx, formatter)
        rows = [
            (name, " ".join(_does(command, ctx, name).split("\n\n")[0].split()))
            for name, command in sorted(self.commands.items())
        ]
        with formatter.section(word("cli.help.commands", language_of(ctx))):
            formatter.write_dl(rows)


def placeholder(text: str, lang: str) -> str:
    """The placeholder of a value, such as FOLDER, in a language."""
    names = load.command_words()["help"]["placeholder"]

    def named(found: re.Match[str]) -> str:
        return word(f"cli.help.placeholder.{found[0]}", lang) if found[0] in names else found[0]

    return _CAPITALS.sub(named, text.replace("INTEGER RANGE", "INTEGER"))


def _path(context: click.Context) -> list[str]:
    """The names of a command and its groups, without the program's."""
    if context.parent is None:
        return []
    return [*_path(context.parent), str(context.info_name)]


def _does(command: click.Command, context: click.Context, name: str | None = None) -> str:
    """What a command does; its docstring if `words.yml` has no text."""
    key = "-".join([*_path(context), *([] if name is None else [name])]) or "esrdata"
    if key in load.command_words()["help"]["command"]:
        return word(f"cli.help.command.{key}", language_of(context))
    return command.help or ""


def _means(option: click.Option, context: click.Context, lang: str) -> str:
    """What an option means; a text for this command comes first."""
    known = load.command_words()["help"]["option"]
    text = option.help or ""
    own = "-".join([*_path(context), str(option.name)])
    for key in (own, str(option.name), option.opts[-1].removeprefix("--")):
        if key in known:
            # In the code, the help of such an option lists the names it accepts.
            values = {"known": text} if any(placeholders(known[key][lang])) else {}
            text = word(f"cli.help.option.{key}", lang, **values)
            break
    more = "; ".join(_more(option, context, lang))
    return f"{text}  [{more}]" if more else text


def _more(option: click.Option, context: click.Context, lang: str) -> Iterator[str]:
    if option.show_envvar and isinstance(option.envvar, str):
        yield word("cli.help.variable", lang, name=option.envvar)
    if option.show_default:
        default: Any = option.get_default(context)
        yield word("cli.help.default", lang, value=str(default))
    if option.required:
        yield word("cli.help.required", lang)


def _names(option: click.Option, context: click.Context, lang: str) -> str:
    record = option.get_help_record(context)
    return "" if record is None else placeholder(record[0], lang)
