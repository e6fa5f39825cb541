"""What machines are answered about policies. Holds no rule: it asks queries and says."""
