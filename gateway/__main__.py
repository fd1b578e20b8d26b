"""`python -m gateway` is the `fairway` command."""

from gateway.cli import main

main()
