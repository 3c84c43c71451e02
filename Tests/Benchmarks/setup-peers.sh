#!/bin/bash
# Sets up the peers that are measured beside us: Tests/Benchmarks/setup-peers.sh [--engines] [DIR]; about a minute.
#
# With --engines also the other engines' backtests (NautilusTrader, hftbacktest, vectorbt, backtesting.py, freqtrade) and
# their series of bars and ticks: some minutes and gigabytes.
#
# Needs TRADEBOT_SHARED with bench/peers, g++, Python 3.12 or newer and the package index. DIR (.build/peers) gets the
# native programs, a Python environment with the JSON, WebSocket and book peers, and the inputs that all read.
set -Eeuo pipefail
here=$(cd "$(dirname "$0")" && pwd)
engines=
[ "${1:-}" != --engines ] || { engines=yes; shift; }
peers=$(cd "${TRADEBOT_SHARED:-$here/../../../shared}/bench/peers" && pwd)
dir=${1:-$here/../../.build/peers}
mkdir -p "$dir/bin" "$dir/data"
dir=$(cd "$dir" && pwd)

missing=()
for package in libsimdjson-dev libboost-dev libssl-dev; do
    dpkg -s $package >/dev/null 2>&1 || missing+=($package)
done
[ ${#missing[@]} = 0 ] || {
    apt-get -o DPkg::Lock::Timeout=600 update -qq
    apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "${missing[@]}"
}
make -s -C "$peers/native" BIN="$dir/bin" "$dir"/bin/{calib,json_simdjson,ws,book}
[ -z "$engines" ] || "$peers/setup" "$dir"

python=
for candidate in python3.13 python3.12 python3 "$(ls -d ~/.pyenv/versions/3.1[23]*/bin/python 2>/dev/null | tail -n 1)"; do
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && python=$candidate && break
done
[ -n "$python" ] || { echo "setup-peers: no Python 3.12 or newer here" >&2; exit 69; }
[ -x "$dir/quant/bin/python" ] || "$python" -m venv "$dir/quant"
pinned=$(grep -E '^(orjson|msgspec|websockets|picows|pysimdjson|yyjson|sortedcontainers)==' "$peers/requirements-quant.txt")
# shellcheck disable=SC2086
"$dir/quant/bin/python" -m pip install -q numpy $pinned
[ -s "$dir/data/levels.bin" ] || "$dir/quant/bin/python" "$peers/gen.py" "$dir/data" frames levels >/dev/null
[ -z "$engines" ] || [ -s "$dir/data/ticks.npy" ] || "$dir/quant/bin/python" "$peers/gen.py" "$dir/data" bars ticks >/dev/null
echo "setup-peers: done in $dir"
