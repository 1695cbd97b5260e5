"""How much of a file from outside we are willing to read. What is beyond is refused with the number that was passed."""

from __future__ import annotations

from datetime import timedelta

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 20_000
HEADER_WITHIN = 20  # lines in which the headings must begin
MOST_LINES = MOST_ROWS + HEADER_WITHIN
MOST_COLUMNS = 200
LONGEST_LINE = 100_000  # characters
LONGEST_CELL = 32_767  # Excel's own limit
MOST_CHARACTERS = 30_000_000  # in all cells: a workbook can name one long text a million times

# A workbook is a zip file: a few kilobytes can unpack to gigabytes.
MOST_ZIP_ENTRIES = 1_000
LARGEST_UNPACKED = 100 * 1024 * 1024

# For the process that reads, which is ended when it wants more.
MEMORY = 1024 * 1024 * 1024
PROCESSOR_TIME = timedelta(seconds=15)
WALL_TIME = timedelta(seconds=40)
