"""The entry point: `esrdata`, and `python -m esrdata`."""

import sys


def run() -> None:
    """Run the command line; Ctrl-C during import ends it as quietly as later."""
    try:
        from esrdata.cli import main
    except KeyboardInterrupt:
        sys.exit(130)
    main(prog_name="esrdata")


if __name__ == "__main__":
    run()
