"""Gold files: what a careful reader says a report holds, as JSON that a person can read and correct.

A value is what is printed, with its place: `{"raw": "58.30", "start": 120, "end": 125}`. By hand a string is enough where
those words stand once; else a `quote` of a longer piece of the report that contains them. `null` is a column that the form
does not have, `""` a cell in which nothing is printed.
"""

from extractor.gold.check import Problem, validate
from extractor.gold.files import opened
from extractor.gold.make import make
from extractor.gold.place import Places, written
from extractor.gold.shape import SUFFIX
from extractor.gold.text import dumped

__all__ = ["SUFFIX", "Places", "Problem", "dumped", "make", "opened", "validate", "written"]
