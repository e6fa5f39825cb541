"""The service window: certificates of unions, joining a union, moving one's membership.

Its services are files (`services/`). Granting one writes what it is about: a union's
certificate, or a membership. The national system numbers certificates; the number is
entered back here, and what this platform keeps is the record, its history and its copies.
Words: certificate, number entry, invitation. Sources: the measures on registering
grassroots unions as legal persons (2020), the measures on membership (2016).
"""
