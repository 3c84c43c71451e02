#!/bin/bash
# Every figure in one run: Tests/Benchmarks/run-bench.sh BINDIR [OPTIONS of tradebot-bench] [GROUP…].
#
# Starts bybit-sim and tradebotd in a folder of its own, so that the start of botctl is measured against a daemon at
# work, and Node's event bus beside ours. JSON lines go to standard output, notes to standard error.
set -Eeuo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 64; }
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
[ ${#groups[@]} -gt 0 ] || groups=(0-machine 1-bus 3-json 4-journal 6-book numbers 9-start)
quiet=() with_daemon=()
for group in "${groups[@]}"; do
    case $group in 9-start | start) with_daemon+=("$group") ;; *) quiet+=("$group") ;; esac
done
for group in "${quiet[@]}"; do
    case $group in 1-bus | bus) ;; *) continue ;; esac
    if node=$(command -v node); then
        "$node" "$here/peers/event-emitter.js"
    else
        echo "run-bench: no node here, so no figures of its event bus" >&2
    fi
done
[ ${#quiet[@]} = 0 ] || bench "${options[@]}" "${quiet[@]}"
if [ ${#with_daemon[@]} -gt 0 ]; then
    start_daemon
    bench "${options[@]}" --socket "$folder/control.sock" "${with_daemon[@]}"
fi
