"""Spreadsheets of other people: read under guard, understood, put right row by row before anything is stored."""
