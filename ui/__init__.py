"""How people meet an answer: the command line and the browser page."""
