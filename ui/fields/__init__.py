"""Editors that give back typed values and say in one sentence what is wrong with what was typed."""
