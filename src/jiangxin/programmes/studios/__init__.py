"""Innovation studios: naming, funding and demonstration."""
