"""The gate every file from outside goes through before the desk keeps it."""
