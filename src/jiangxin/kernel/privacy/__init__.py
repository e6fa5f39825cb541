"""What becomes of people's data: shown to whom, taken out, agreed to, asked for, deleted.

Law: Personal Information Protection Law (PIPL) articles 6, 13-15, 23, 44-51 and 54.
"""
