"""A whole centre to another database: the order of the steps, what is compared, and the files that go along."""
