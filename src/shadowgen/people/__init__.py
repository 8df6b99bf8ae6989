"""Persons: how their names are spelled and found in text; what of a person an audience may read; identities kept outside the workspace."""
