"""What is true of matters without a database: values in, values out.

The clock: `clock` says when a limit ends, `proof` shows it day by day by another way,
`forecast` says what will miss its day at the present pace.
"""
