"""Who exists: regions, organisations, people, employment, membership, sites.

Nothing is overwritten. A person and an organisation have one current row and their
earlier versions beside it; employment, membership and sites are rows with a beginning
and an end. So every question can be asked 'as of' a date.
"""
