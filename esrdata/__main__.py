"""Where the program begins: `esrdata`, and `python -m esrdata`."""

import sys


def run() -> None:
    """Run the command line; Ctrl-C while it is being loaded ends it as quietly as any other."""
    try:
        from esrdata.cli import main
    except KeyboardInterrupt:
        sys.exit(130)
    main(prog_name="esrdata")


if __name__ == "__main__":
    run()
