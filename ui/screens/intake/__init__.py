"""Intake on one screen: who comes, who is in dispute, about what, and what is wanted."""
