"""The remote session on the case page: room, addresses, consents, who joined."""
