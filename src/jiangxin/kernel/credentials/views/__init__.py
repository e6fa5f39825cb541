"""What credentials show on pages."""
