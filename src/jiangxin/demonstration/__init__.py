"""A demonstration: the places of the product's nine stories with made-up people.

Everything is drawn from seeded chance, so a load can be repeated exactly; no number in it
can belong to anyone alive (docs/adr/0004). It stands above the programmes, because it
fills what all of them read; nothing imports it.
"""
