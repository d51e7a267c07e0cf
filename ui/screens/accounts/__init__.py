"""账号: who may sign in, and what he may do."""
