"""The ten minutes before the shift: whom they reach and who speaks."""
