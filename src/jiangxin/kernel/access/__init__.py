"""Who may enter: accounts, roles as code, and the places a role is held for.

A scope is stored as codes (a division-code prefix or an organisation's code), never as
a foreign key, so that access stands under the register.
"""
