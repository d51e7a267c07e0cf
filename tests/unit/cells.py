"""What may stand in a cell of somebody's sheet."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st


def any_cell(*likely: object) -> st.SearchStrategy[object]:
    """Anything a workbook can hold, and often one of ``likely``."""
    return st.one_of(
        st.none(),
        st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12),
        st.sampled_from(likely),
        st.integers(min_value=-(10**20), max_value=10**20),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.dates(min_value=date(1900, 3, 1), max_value=date(9999, 12, 31)),
    )
