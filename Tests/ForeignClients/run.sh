#!/bin/bash
# Holds bybit-sim to the real protocol by two clients that nobody here wrote: run.sh BINDIR [SECONDS].
#
# pybit and ccxt listen to a simulator in BINDIR and ask its REST calls for SECONDS (12); what they make of it is held
# against the raw frames of a third, plain WebSocket, and so is what our own botlab makes of those frames. The clients
# live in .build/foreign-clients, made at the first run.
# Ends with 0 when all agree, 1 when something differs, 77 (and the reason) when the clients can't be had, 64 and 69
# for wrong use and a simulator that does not start. Nothing but the package index is spoken to outside this machine.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -ge 1 ] && [ -x "$1/bybit-sim" ] && [ -x "$1/botlab" ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 64; }
bindir=$(cd "$1" && pwd)
seconds=${2:-12}
# Each check takes about twenty seconds; this is for a machine that does much else.
check_seconds_max=150

skip() { echo "skipped: the foreign clients were not asked: $*"; exit 77; }

make_clients() {   # the virtual environment, made anew when the requirements or the interpreter change
    command -v python3 >/dev/null || skip "python3 is missing"
    local version clients log
    version=$(python3 --version) || skip "python3 does not run"
    clients=$root/.build/foreign-clients
    python=$clients/$( (cat "$here/requirements.txt"; echo "$version $(command -v python3)") | sha256sum | cut -c1-16)
    mkdir -p "$clients"
    exec 9>"$clients/lock"
    flock 9
    if [ ! -e "$python/complete" ]; then
        log=$clients/pip.log
        find "$clients" -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
        python3 -m venv "$python" >"$log" 2>&1 || { cat "$log"; skip "no virtual environment: install python3-venv"; }
        if ! "$python/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary=:all: --timeout 15 \
            --retries 1 -r "$here/requirements.txt" >"$log" 2>&1; then
            tail -n 20 "$log"
            grep -qiE 'connection|timed out|name resolution|unreachable|proxy' "$log" \
                && skip "no package index is reachable"
            exit 1
        fi
        touch "$python/complete"
    fi
    exec 9>&-
    python=$python/bin/python
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/tradebot-foreign.XXXXXX")
simulator=
finish() {
    local status=$?
    trap - EXIT
    [ -z "$simulator" ] || { kill "$simulator" 2>/dev/null; wait "$simulator" 2>/dev/null; }
    rm -rf "$folder"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

start_simulator() {   # a minute lasts five seconds, so that candles close while the clients look
    "$bindir/bybit-sim" --listen 127.0.0.1:0 --tls-listen 127.0.0.1:0 --tls-self-signed "$folder/tls" \
        --generate 7 --rate 0.5 --speed 12 >"$folder/simulator.out" 2>"$folder/simulator.log" &
    simulator=$!
    for _ in $(seq 100); do
        plain=$(sed -n 's#^listening ws://\([0-9.:]*\).*#\1#p' "$folder/simulator.out")
        secure=$(sed -n 's#^listening wss://\([0-9.:]*\).*#\1#p' "$folder/simulator.out")
        [ -z "$plain" ] || [ -z "$secure" ] || return 0
        kill -0 $simulator 2>/dev/null || break
        sleep 0.1
    done
    echo "run.sh: the simulator does not listen:" >&2
    cat "$folder/simulator.log" >&2
    exit 69
}

make_clients
start_simulator
export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost
status=0
for client in pybit ccxt; do
    echo "== $client"
    timeout -k 5 $check_seconds_max "$python" -B "$here/check_$client.py" --plain "$plain" --secure "$secure" \
        --authority "$folder/tls/cert.pem" --seconds "$seconds" --keep "$folder/$client"
    ended=$?
    [ $ended != 124 ] || echo "MISMATCH $client: not done after $check_seconds_max s"
    [ $ended = 0 ] || status=1
    kill -0 $simulator 2>/dev/null || { echo "MISMATCH $client: the simulator ended"; status=1; break; }
done
tail -n 5 "$folder/simulator.log" >&2
echo "== botlab, our own reader, on what pybit was told"
timeout -k 5 $check_seconds_max "$python" -B "$here/check_botlab.py" --botlab "$bindir/botlab" --frames "$folder/pybit" \
    || status=1
[ $status = 0 ] && echo "the foreign clients agree" || echo "the foreign clients differ"
exit $status
