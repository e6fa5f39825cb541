"""Who did what, when: events that are only ever added, each chained to the one before.

Parts declare what can be recorded as frozen dataclasses under `events.Event`.
Operations call `operations.record`; timelines read `queries.events_of`. Every subject
("person:12") has a chain of its own: an event's hash covers its content and the hash of
the event before, so a changed, inserted or removed event breaks the chain visibly, and
the database refuses to change or delete one in the first place. `verification` walks
the chains; checkpoints show when the end of a chain was cut off.
"""
