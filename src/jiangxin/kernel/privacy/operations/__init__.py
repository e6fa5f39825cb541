"""Acts on people's data, one module a family."""
