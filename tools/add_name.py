r"""Add a name to a table, or more forms to one that it has; the table stays sorted.

Run from the repository root::

    python tools/add_name.py people person "Ramil Usubov" "راميل أوسوبوف" --country AZ \
        --short "أوسوبوف=Usubov"

Lists are joined by `` | `` as in the table. A form that another name of the same table has is
refused, and so is one with a fault in its letters.
"""

from __future__ import annotations

import argparse
import sys

from mujaz.arabic.lexicon import (
    DATA,
    KINDS,
    TABLES,
    LexiconError,
    add_entry,
    parse_row,
)


def main() -> int:
    """Add what the command line says; return 0, or 2 if it cannot be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", choices=TABLES)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("english")
    parser.add_argument("arabic")
    parser.add_argument("--also", default="", help="other English spellings")
    parser.add_argument("--short", default="", help="short forms: arabic=English")
    parser.add_argument("--country", default="", help="ISO alpha-2 code")
    parser.add_argument("--ambiguous", action="store_true", help="also a common word")
    given = parser.parse_args()
    cells = (given.kind, given.english, given.arabic, given.also, given.short, given.country)
    try:
        entry = parse_row("\t".join((*cells, "?" * given.ambiguous)), "the entry")
        whole = add_entry(DATA / f"{given.table}.tsv", entry)
    except LexiconError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write(whole.row() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
