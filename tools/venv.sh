#!/bin/sh
# Make the virtual environment, or say exactly what is missing.
# Usage: tools/venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
if ! command -v "$python" >/dev/null; then
    echo "No $python here. Install Python 3.11 or newer: apt-get install python3 python3-venv" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$python is $("$python" -V); Jiangxin needs 3.11 or newer. Choose another: make PYTHON=python3.12 …" >&2
    exit 1
fi

# Debian ships venv without ensurepip until python3-venv is installed.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $package"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
    else
        echo "This Python cannot make virtual environments. Install: sudo apt-get install $package" >&2
        exit 1
    fi
fi

# --clear: what an interrupted run left half made is no use.
"$python" -m venv --clear "$folder"
