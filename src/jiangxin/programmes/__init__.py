"""The union's programmes: one folder each, all of one shape; none imports another."""
