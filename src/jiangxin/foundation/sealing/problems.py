"""What goes wrong with sealed data. Neither is ever answered with the cipher text."""


class KeyRingProblem(Exception):
    """The key ring cannot be used; the message names the file and the remedy."""


class SealBroken(Exception):
    """A sealed value cannot be opened.

    It was damaged, moved from the place it was sealed for, or sealed with a key that
    is not on this ring. Restore the value, or the ring, from a backup.
    """
