"""The register's acts, one module a family; call them by their module."""
