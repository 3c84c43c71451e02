#!/bin/bash
# Every figure in one run: Tests/Benchmarks/run-bench.sh BINDIR [OPTIONS of tradebot-bench] [GROUP…].
#
# Starts bybit-sim and tradebotd in a folder of its own, so that the start of botctl is measured against a daemon at
# work, and Node's event bus beside ours. Where setup-peers.sh has been run, the peers' JSON readers, WebSocket clients
# and books are measured in the same run on the same inputs. JSON lines go to standard output, notes to standard error.
set -Eeuo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 64; }
bindir=$(cd "$1" && pwd)
shift

folder=$(mktemp -d "${TMPDIR:-/tmp}/tradebot-bench.XXXXXX")
simulator= daemon=
finish() {
    local status=$?
    trap - EXIT
    for process in $daemon $simulator; do kill "$process" 2>/dev/null || :; done
    wait 2>/dev/null || :
    rm -rf "$folder"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

version=$("$bindir/tradebotd" --version)
bench() { "$bindir/tradebot-bench" --label "$version" --thresholds "$here/thresholds.json" "$@"; }

# The peers: their programs in PEERS_DIR, their scripts in the shared data.
peers=${PEERS_DIR:-$here/../../.build/peers}
scripts=${TRADEBOT_SHARED:-$here/../../../shared}/bench/peers
peer() { PEERS_DIR=$peers timeout 300 "$@" 2>"$folder/peer.log" | grep '^{' || { tail -n 2 "$folder/peer.log" >&2; }; }
python_with() { "$peers/quant/bin/python" -c "import importlib.util as u, sys; sys.exit(u.find_spec('$1') is None)" 2>/dev/null; }
peers_of() {
    case $1 in
        1-bus | bus)
            if node=$(command -v node); then "$node" "$here/peers/event-emitter.js"
            else echo "run-bench: no node here, so no figures of its event bus" >&2; fi ;;
        2-backtest | backtest)
            # Each of these is measured where setup-peers.sh --engines has put it.
            [ ! -x "$peers/bin/strat" ] || peer "$peers/bin/strat" "$peers/data"
            if python_with hftbacktest; then peer "$peers/quant/bin/python" "$scripts/bt_hft.py" ticks; fi
            if python_with vectorbt; then
                for engine in backtesting vectorbt vectorbt-ticks; do
                    peer "$peers/quant/bin/python" "$scripts/bt_quant.py" "$engine"
                done
            fi
            if [ -x "$peers/nt/bin/python" ]; then
                peer "$peers/nt/bin/python" "$scripts/bt_nt.py" bars-signals
                peer "$peers/nt/bin/python" "$scripts/bt_nt.py" ticks 2000000
            fi
            [ ! -x "$peers/ft/bin/python" ] || peer "$peers/ft/bin/python" "$scripts/bt_ft.py" 50000 ;;
        3-json | json)
            peer "$peers/bin/json_simdjson" "$peers/data/bybit.jsonl"
            peer "$peers/quant/bin/python" "$scripts/json_py.py" ;;
        5-websocket | websocket) peer "$peers/quant/bin/python" "$scripts/ws_py.py" all ;;
        6-book | book)
            peer "$peers/bin/book" "$peers/data/levels.bin"
            peer "$peers/quant/bin/python" "$scripts/book_py.py" ;;
    esac
}

# The journal's limit: SQLite by its own C interface, on rows that are ready.
journal_peer() {
    if command -v cc >/dev/null && cc -O2 -o "$folder/journal_peer" "$here/C/journal_peer.c" -lsqlite3; then
        options+=(--journal-peer "$folder/journal_peer")
    else
        echo "run-bench: no C compiler or SQLite here, so no figure of a C program beside the journal" >&2
    fi
}

start_daemon() {
    "$bindir/bybit-sim" --listen 127.0.0.1:0 --generate 7 --rate 20 >"$folder/simulator.out" 2>"$folder/simulator.log" &
    simulator=$!
    local port=
    for _ in $(seq 100); do
        port=$(sed -n 's#^listening ws://127.0.0.1:\([0-9]*\).*#\1#p' "$folder/simulator.out")
        [ -z "$port" ] || break
        kill -0 $simulator 2>/dev/null || { cat "$folder/simulator.log" >&2; return 1; }
        sleep 0.1
    done
    [ -n "$port" ] || { echo "run-bench: the simulator does not listen" >&2; return 1; }
    sed -e "s#@STATE@#$folder/state#; s#@SOCKET@#$folder/control.sock#; s#@PORT@#$port#" \
        -e 's#@SYMBOLS@#"BTCUSDT"#; s#@BAR_SECONDS@#1#' \
        -e 's#@STREAMS@#"tickers", "publicTrade", "orderbook.50", "kline.1"#' \
        "$here/../../deploy/demo.toml" >"$folder/tradebot.toml"
    "$bindir/tradebotd" --config "$folder/tradebot.toml" >"$folder/daemon.log" 2>&1 &
    daemon=$!
    for _ in $(seq 100); do
        "$bindir/botctl" status --socket "$folder/control.sock" >/dev/null 2>&1 && return 0
        kill -0 $daemon 2>/dev/null || break
        sleep 0.1
    done
    echo "run-bench: tradebotd does not answer:" >&2
    tail -n 20 "$folder/daemon.log" >&2
    return 1
}

groups=() options=()
while [ $# -gt 0 ]; do
    case $1 in
        --check) options+=("$1") ;;
        --*=*) options+=("$1") ;;
        --*) options+=("$1" "${2:?$1 takes a value}"); shift ;;
        *) groups+=("$1") ;;
    esac
    shift
done
# Everything but the start of botctl first: a daemon at work would take CPU time from those figures.
[ ${#groups[@]} -gt 0 ] || groups=(0-machine 1-bus 2-backtest 3-json 4-journal 5-websocket 6-book 9-latency numbers 9-start)
quiet=() with_daemon=()
for group in "${groups[@]}"; do
    case $group in 9-start | start) with_daemon+=("$group") ;; *) quiet+=("$group") ;; esac
done
if [ -s "$peers/data/bybit.jsonl" ]; then
    options+=(--frames "$peers/data/bybit.jsonl")
    [ ! -s "$peers/data/ticks.npy" ] || options+=(--series "$peers/data")
    [ ! -x "$peers/bin/ws" ] || options+=(--ws-server "$peers/bin/ws")
else
    echo "run-bench: no peers in $peers, so no figures of theirs: Tests/Benchmarks/setup-peers.sh" >&2
    peers=
fi
# Group by group, so that a peer's figure and ours are of the same minute.
case " ${quiet[*]} " in *" 4-journal "* | *" journal "*) journal_peer ;; esac
for group in "${quiet[@]}"; do
    [ -z "$peers" ] && [ "$group" != 1-bus ] && [ "$group" != bus ] || peers_of "$group"
    bench "${options[@]}" "$group"
done
if [ ${#with_daemon[@]} -gt 0 ]; then
    start_daemon
    bench "${options[@]}" --socket "$folder/control.sock" "${with_daemon[@]}"
fi
