"""`esrdata.present.report` as users call it, so that `from esrdata.report import …` finds it."""

import sys
from typing import TYPE_CHECKING

from esrdata.present import report

if TYPE_CHECKING:
    from esrdata.present.report import *  # noqa: F403

sys.modules[__name__] = report
