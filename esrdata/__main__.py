"""Lets `python -m esrdata` do what `esrdata` does."""

from esrdata.cli import main

main(prog_name="esrdata")
