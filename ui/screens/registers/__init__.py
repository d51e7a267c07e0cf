"""The registers a centre keeps beside its cases: the bin, and the numbers given out."""
