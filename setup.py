"""Builds the modules that reading spends its time in as C, by mypyc, where MAHDAR_COMPILE=1 asks for it; all else is in pyproject.toml.

The compiled modules give the same records (``tests/test_compiled.py``), about 1.65 times as fast. Needs a C compiler and Python's headers.
"""

import importlib.util
import os
import sys
from pathlib import Path

from setuptools import setup

HOT = (Path("src/mahdar/arabic"), Path("src/mahdar/reading"))
# Cold code, and what C would only make longer to build.
LEFT = frozenset(("__init__", "bidi", "numbers", "calendar", "romanise", "trace", "explain"))


def extensions():
    """The compiled modules; none unless they are asked for."""
    asked_for_requirements = "egg_info" in sys.argv and importlib.util.find_spec("mypyc") is None  # pip installs them next and comes back
    if os.environ.get("MAHDAR_COMPILE") != "1" or asked_for_requirements:
        return []
    from mypyc.build import mypycify

    modules = [str(file) for folder in HOT for file in sorted(folder.glob("*.py")) if file.stem not in LEFT]
    return mypycify(["--config-file=", "--ignore-missing-imports", *modules], opt_level=os.environ.get("MAHDAR_COMPILE_LEVEL", "2"), debug_level="0", multi_file=True)


setup(ext_modules=extensions(), setup_requires=["mypy>=1.10"] if os.environ.get("MAHDAR_COMPILE") == "1" else [])
