"""The expert pool (专家库) and how the parties choose from it."""
