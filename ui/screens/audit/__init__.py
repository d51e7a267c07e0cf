"""审计: the audit trail for who reviews it."""
