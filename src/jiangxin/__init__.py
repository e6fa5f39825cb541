"""Jiangxin: the work platform of county-level trade-union federations."""

__version__ = "0.1.0"
