"""`esrdata.present.charts` under its public name, for `from esrdata.charts import …`."""

import sys
from typing import TYPE_CHECKING

from esrdata.present import charts

if TYPE_CHECKING:
    from esrdata.present.charts import *  # noqa: F403

sys.modules[__name__] = charts
