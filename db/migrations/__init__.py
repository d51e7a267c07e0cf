"""The steps that bring an older database up to this program's schema, run by ``db.migrate``."""
