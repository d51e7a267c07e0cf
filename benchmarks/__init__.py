"""Measurements that print ratios; see README.md beside this file."""
