"""Reading notices, and what people do not want to be told."""
