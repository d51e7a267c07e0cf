"""The archive room: where a volume stands, who has it, how long it is kept, and how good it is (§2.4)."""
