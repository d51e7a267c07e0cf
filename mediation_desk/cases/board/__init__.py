"""The session board at work: written line by line by several people, read through its walls."""
