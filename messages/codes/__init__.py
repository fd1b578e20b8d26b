"""Code lists and identifiers: what a well-formed value looks like, and what we know about it.

Each module owns one kind of code and nothing of declarations or rules. Functions take the text as sent,
are total on strings, and have no side effects beyond reading a data file or list once.
"""
