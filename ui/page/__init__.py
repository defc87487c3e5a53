"""Pages and their parts as HTML: pure functions of what is shown. Every word that is not ours passes `frame.escaped`."""
