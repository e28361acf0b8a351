"""How good outputs are: metrics with signatures and intervals, comparisons, data, baselines."""
