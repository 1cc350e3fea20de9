"""`esrdata.present.charts` as users call it, so that `from esrdata.charts import …` finds it."""

import sys
from typing import TYPE_CHECKING

from esrdata.present import charts

if TYPE_CHECKING:
    from esrdata.present.charts import *  # noqa: F403

sys.modules[__name__] = charts
