"""What the documents say: policies as data, matched against people and explained.

A policy is a file: its source, dates in force, and conditions over the profile. The
same conditions are walked in Python for one person, who then sees every verdict, and
compiled to SQL for many. Answers are never a bare yes or no.
"""
