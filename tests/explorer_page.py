"""The explorer's scripts outside a browser, by the Node.js that Playwright brings with it."""

import base64
import gzip
import json
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SPEC = find_spec("playwright")
TEMPLATES = Path(__file__).parents[1] / "esrdata" / "explorer" / "templates"


def node() -> str | None:
    """A Node.js to run; None where there is none."""
    if SPEC is not None and SPEC.submodule_search_locations is not None:
        own = Path(SPEC.submodule_search_locations[0], "driver", "node")
        if own.exists():
            return str(own)
    return shutil.which("node")


def ask(**given: Any) -> Any:
    """What `explorer_figures.mjs` answers."""
    program = node()
    assert program is not None
    script = Path(__file__).with_name("explorer_figures.mjs")
    done = subprocess.run(
        [program, str(script)], input=json.dumps(given), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def unpacked(page: str) -> dict[str, Any]:
    """What is packed in a page, by the ids of its elements."""
    found = re.findall(
        r'<script type="application/octet-stream" id="([\w-]+)">(.*?)</script>', page
    )
    return {name: json.loads(gzip.decompress(base64.b64decode(text))) for name, text in found}
