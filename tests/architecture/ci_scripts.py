"""The scripts in ``.ci`` as modules: they belong to no package, because they run before one is installed."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from tests.architecture.gates import ROOT

FOLDER = ROOT / ".ci"


def script(name: str) -> ModuleType:
    """``.ci/NAME.py``, loaded; its neighbours can be imported by it as when it is run."""
    if str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, module)  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
