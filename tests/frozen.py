"""Imported last by the process that servers are forked from: what it has imported is no garbage, and no child looks there."""

import gc

gc.collect()
gc.freeze()
