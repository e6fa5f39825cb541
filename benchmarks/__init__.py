"""What is measured, beside peers and floors; never imported by the platform."""
