"""Files handed in: received in pieces, checked by content, sealed, never lost.

A piece that arrived lies sealed on the disk before the browser hears of it, and what is
on the disk is the truth: after a crash of either side the upload goes on from there. A
part says which files it takes (`UploadKind`), shows an `UploadField` in its form, and
attaches the uploads to what they belong to in the transaction of its own act. Until then
they are their owner's alone; what nobody attaches is deleted.
"""
