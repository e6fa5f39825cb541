"""`python -m jiangxin` is the same as `jiangxin`."""

from jiangxin.cli import main

main()
