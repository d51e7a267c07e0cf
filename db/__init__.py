"""Everything that knows SQLAlchemy."""
