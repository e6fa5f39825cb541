#!/bin/sh
# Install Chromium and a Chinese font for the browser tests, where that may be done.
# Where it may not, those tests say that they were skipped.
set -eu
if command -v chromium >/dev/null && [ -n "$(fc-list :lang=zh 2>/dev/null)" ]; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "No Chromium with a Chinese font here; for the browser tests: sudo apt-get install chromium fonts-noto-cjk"
    exit 0
fi
echo "Installing Chromium and a Chinese font for the browser tests"
apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fontconfig fonts-noto-cjk >/dev/null ||
    echo "That did not work; the browser tests will say so."
