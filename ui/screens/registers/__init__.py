"""The registers a centre keeps beside its cases: the bin, the numbers given out, what people asked about their data."""
