"""`esrdata.present.report` under its public name, for `from esrdata.report import …`."""

import sys
from typing import TYPE_CHECKING

from esrdata.present import report

if TYPE_CHECKING:
    from esrdata.present.report import *  # noqa: F403

sys.modules[__name__] = report
