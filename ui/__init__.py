"""How people meet an answer: the command line and the page in the browser.

Where a change belongs:
    a verb of the command line     its module here (`ask`, `chat`, `cite` ...), its options in `options`, `serving`
    what a terminal or a file says `printed/`
    what a page looks like         `page/` makes its HTML, `messages/` has its words in both languages, `static/` its
                                   style sheets (one for each room), scripts and fonts
    what a page does               `server/`: a room's module there lists its addresses

`page` and `printed` are pure: they are given what they show. `server` alone asks the archive for it.
"""
