"""Policies without a database: read from files, walked for one subject, put into SQL.

A policy is one tree of conditions. Two walks over it must agree: `explaining` answers
for one profile and says why, `sql` makes the predicate that selects the eligible.
"""
