"""Days as the law counts them: working days, make-up days, deadlines.

    from jiangxin.foundation.clock.working_days import today
    from jiangxin.foundation.clock.queries import calendar

    deadline = calendar().add_working_days(received_on, 5)

The State Council publishes each year's holidays in the November before. A library knows
the notices up to its release; the table of calendar days overrides it and extends it.
Where neither knows a year, weekdays are counted, and the deadline says so.
"""
