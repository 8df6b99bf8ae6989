"""The commands, by what they are for, and what they share (`terminal`)."""

from shadowgen.cli.commands import main

__all__ = ["main"]
