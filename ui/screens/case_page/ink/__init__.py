"""待签: printed papers and the hands they wait for."""
