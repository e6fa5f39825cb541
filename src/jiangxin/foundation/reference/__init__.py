"""The generated pages of docs/reference: whatever is declared is written down.

A part adds a page of its own by bringing a `ReferencePage`.
"""

from jiangxin.foundation.reference.declaration import ReferencePage

__all__ = ["ReferencePage"]
