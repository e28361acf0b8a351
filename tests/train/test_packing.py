import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from train.packing import pack


@given(st.lists(st.integers(1, 64), min_size=1, max_size=80), st.randoms(use_true_random=False))
def test_every_example_is_in_one_row_that_holds_it(lengths, chance) -> None:
    order = list(range(len(lengths)))
    chance.shuffle(order)
    rows = pack(np.array(lengths), 64, np.array(order))
    assert sorted(n for row in rows for n in row) == sorted(order)
    assert max(sum(lengths[n] for n in row) for row in rows) <= 64
    # First fit leaves at most one row half empty.
    assert sum(sum(lengths[n] for n in row) <= 32 for row in rows) <= 1
