"""The case file (案卷): the aggregate of everything about one dispute, and the steps it takes."""
