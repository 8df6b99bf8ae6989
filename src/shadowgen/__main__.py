"""`python -m shadowgen`."""

from shadowgen.cli import main

main(prog_name="shadowgen")
