"""Things people ask for: from an application to what is handed over at the end.

A programme declares its services in files (`registry`, `rules/reading`); a matter is one
application for one service. It has one of six states; all else about it are flags. Every
act goes through one door (`operations/door`), which writes it into the matter's journal
and the trail. Words: service, matter, act, material, supplement, step, limit, channel.
"""
