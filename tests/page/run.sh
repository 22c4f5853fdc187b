#!/usr/bin/env bash
# Drives the page in headless Chromium; `run.sh BINARY large` measures frames of a network of 2,000 entities. Installs what it needs where it can, and says what it skips where it cannot.
set -euo pipefail
cd "$(dirname "$0")"
binary=$(cd ../.. && realpath "${1:-target/release/entente}")

if ! command -v npm >/dev/null; then
    echo "skipped: no Node"
    exit 0
fi
if [ ! -s ../../src/report/web/dist/page.js ]; then
    echo "skipped: the interactive page was not bundled"
    exit 0
fi
browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
if ! browser >/dev/null && command -v apt-get >/dev/null; then
    as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo -n)
    { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/dev/null || true
fi
if ! browser >/dev/null; then
    echo "skipped: no Chromium"
    exit 0
fi
if ! [ -d node_modules/playwright-core ] && ! npm ci --silent --no-audit --no-fund; then
    echo "skipped: the driver of the browser could not be installed"
    exit 0
fi
CHROMIUM=$(browser) ENTENTE=$binary node --test ${2:-page}.test.mjs
