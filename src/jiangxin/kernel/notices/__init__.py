"""Telling people: an inbox for each person and account, and what they do not want told.

A part declares what it tells as a `NoticeKind` and sends by `operations.telling`. What a
notice says is written when it is read, in the reader's language, from what was stored.
"""
