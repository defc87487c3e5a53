"""`python -m ui` is `delo`."""

from ui.cli import main

main()
