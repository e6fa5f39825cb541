"""A second wall before people's records: row-level security on PostgreSQL.

`visits` tells the database how far a request reaches, `building` makes the role that is
held to it, and migrations of the parts say which tables are walled.
"""
