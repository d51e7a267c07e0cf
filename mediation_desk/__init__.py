"""调解台: what a mediation centre does, without Qt and without SQL."""

__version__ = "0.1.0"
