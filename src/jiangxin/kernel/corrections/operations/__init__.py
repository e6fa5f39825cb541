"""Acts on corrections."""
