"""Sentences, names and parses of English text; nothing here knows about war."""
