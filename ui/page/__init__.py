"""Pages and their parts as HTML: pure functions of what is shown. Words that are not ours pass `frame.escaped`."""
