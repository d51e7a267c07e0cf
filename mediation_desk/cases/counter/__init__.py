"""What the counter is told while a visitor speaks: who came before, what looks alike, what must be done now."""
