"""What people say is wrong on record about them, or rosters say otherwise, and settling it.

A request names values, with papers that show what is right. A clerk approves or refuses
each; what is approved is written by the register's own acts, in one transaction.
"""
