"""The second screen: what the parties see while the desk works (F8)."""
