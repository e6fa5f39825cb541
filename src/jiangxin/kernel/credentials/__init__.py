"""What people and organisations hold: skill grades, titles, honours, certificates.

A credential is a record with its issuer, dates, status and evidence. Grades stand on a
ladder, so that 'senior grade or above' is a comparison of ranks.
"""
