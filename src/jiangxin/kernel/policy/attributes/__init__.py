"""The attributes of the parts that stand under policy, declared here for them.

Parts above declare their own in `programme.py`.
"""
