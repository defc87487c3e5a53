"""The page as it is served: requests come in by the guard and the door, and are answered by rooms.

serve, app, site, routes             the server, what it is made of, and all addresses
asked, wire                          a request and a reply, as a room sees them, and as they pass on the wire
guard, hosts, owners                 what is refused; names of the server; whose a conversation is
door, passwords, sessions, attempts  who may come in
turns, hatch, jobs, pacing           how much is done at once: questions, programs, long work
entrance, shell, tab, assets         the conversation at `/`; gradio is imported in `shell`
documents, catalogue, lookingup      rooms: to read, to look up
copying, collecting, records         what is copied, the notebook, answers that were kept
judging, judges, working             evaluations, who judges, how far long work is
adding, sorting, unpacking, staging  files that readers add
api, endpoints                       the archive for programs and assistants
"""
