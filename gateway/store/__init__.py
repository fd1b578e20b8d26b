"""Queries, each named for the question it answers. They take a session and never commit."""
