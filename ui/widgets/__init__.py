"""Small parts of which screens are made; none of them knows a service."""
