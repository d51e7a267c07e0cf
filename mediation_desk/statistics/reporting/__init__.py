"""The narrative report of a month, quarter, half or whole year: its words and pictures come from statistical tables."""
