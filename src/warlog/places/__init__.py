"""Gazetteers and packs; which words can be a place (`spot`); which place it is (`resolve`)."""
