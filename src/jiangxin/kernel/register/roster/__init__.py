"""A roster's way from a workbook into the register.

read (reading) -> recognise columns (columns) -> check every row (checking) -> compare
with the register (comparing) -> write what differs (loading) -> hand refused rows back
(workbook). Rows are columns of a polars frame all the way, so that 135,000 of them take
seconds; only what the frame cannot express walks row by row.
"""
