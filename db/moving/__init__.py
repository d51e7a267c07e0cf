"""A whole centre from one database into another, either way."""
