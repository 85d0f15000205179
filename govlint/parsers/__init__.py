"""Parsers: bytes that were decoded become a document."""
