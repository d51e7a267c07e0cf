"""Old case registers (台账): read from Excel with a staged preview, taken in as cases, taken back by the batch."""
