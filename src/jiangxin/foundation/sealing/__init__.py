"""Personal data at rest: sealed with authenticated encryption, or not stored at all.

`text` seals single values, `fields` puts them into models, `files` seals uploads,
`rotation` moves all of them to a new key. `masks` shows as much of a value as a reader needs. The keys are in one file, `ring`.

What is sealed says where it belongs (its *place*, such as `register.Person.phone`), so
a sealed value moved to another column or file is refused, like a damaged one.
"""

from jiangxin.foundation.sealing.files import open_sealed, seal_file
from jiangxin.foundation.sealing.masks import (
    mask_bank_account,
    mask_id_number,
    mask_phone,
)
from jiangxin.foundation.sealing.problems import KeyRingProblem, SealBroken
from jiangxin.foundation.sealing.text import (
    blind_index,
    blind_index_many,
    seal,
    seal_many,
    unseal,
)

__all__ = [
    "KeyRingProblem",
    "SealBroken",
    "blind_index",
    "blind_index_many",
    "mask_bank_account",
    "mask_id_number",
    "mask_phone",
    "open_sealed",
    "seal",
    "seal_file",
    "seal_many",
    "unseal",
]
