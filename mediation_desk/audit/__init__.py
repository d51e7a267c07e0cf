"""The audit trail: who did what, in an order nobody can change unseen."""
