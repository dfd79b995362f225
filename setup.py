"""Builds the modules that reading and ingesting spend their time in as C, by mypyc, when a wheel is made; all else is in pyproject.toml.

The compiled modules give the same records (``tests/test_compiled.py``), about 1.75 times as fast. Without a C compiler or Python's headers
the wheel is plain Python. MAHDAR_COMPILE=0 asks for that, MAHDAR_COMPILE=1 insists on C; an editable install is always plain Python, so that
an edit is seen at once.
"""

import importlib.util
import os
import shutil
import sys
import sysconfig
from pathlib import Path

from setuptools import setup
from setuptools.command.build_ext import build_ext

HOT = (Path("src/mahdar/arabic"), Path("src/mahdar/reading"))
LEXICON = ("model",)  # whose tables every word is looked up in
REGISTER = ("cite", "cluster", "commitments", "facts", "gathering", "likeness", "occurrences", "requests", "wires")  # what compares reports, pair by pair
# Cold code, and what C would only make longer to build.
LEFT = frozenset(("__init__", "bidi", "numbers", "romanise", "trace", "explain"))
NO_BUILD = frozenset(("egg_info", "dist_info", "editable_wheel", "sdist", "develop"))


def wanted():
    """Are the modules to be compiled: as MAHDAR_COMPILE says, else where a wheel is made and everything for it is at hand?"""
    asked = os.environ.get("MAHDAR_COMPILE")
    if NO_BUILD & set(sys.argv):
        return False
    if asked is not None:
        return asked == "1"
    headers = Path(sysconfig.get_path("include")) / "Python.h"
    return bool(shutil.which("cc")) and headers.is_file() and importlib.util.find_spec("mypyc") is not None


class Build(build_ext):
    """Compiles all the modules or, where that fails and nobody insists on it, none: a part of them would not load."""

    def run(self):
        try:
            super().run()
        except Exception as error:
            if "MAHDAR_COMPILE" in os.environ:
                raise
            print(f"mahdar: not compiled, installed as plain Python: {error}", file=sys.stderr)
            for built in map(Path, self.get_outputs()):
                built.unlink(missing_ok=True)
            self.extensions = []


def extensions():
    """The modules to be compiled."""
    if not wanted():
        return []
    from mypyc.build import mypycify

    modules = [str(file) for folder in HOT for file in sorted(folder.glob("*.py")) if file.stem not in LEFT]
    modules += [f"src/mahdar/lexicon/{name}.py" for name in LEXICON]
    modules += [f"src/mahdar/register/{name}.py" for name in REGISTER]
    return mypycify(["--config-file=", "--ignore-missing-imports", *modules], opt_level=os.environ.get("MAHDAR_COMPILE_LEVEL", "2"), debug_level="0", multi_file=True)


setup(ext_modules=extensions(), cmdclass={"build_ext": Build})
