"""Explained differences."""
