#!/bin/bash
# A long market at maximum speed through simulator, socket, planes and journal: Tests/Soak/run-soak.sh BINDIR.
#
# SOAK_MINUTES (10) of market time, SOAK_SYMBOLS (20) symbols at SOAK_RATE messages a second each, counted at both ends.
# SOAK_WARM_UP minutes for the memory to settle, then it may grow by SOAK_GROWTH percent. SOAK_FOLDER: where the
# journal goes, an hour of twenty symbols needs about a gigabyte; it is removed at the end. SOAK_REPLAY=1: hold the
# journal against its invariants and replay it, too; there must have been orders, and no difference.
set -Eeuo pipefail
[ $# -ge 1 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 64; }
bindir=$(cd "$1" && pwd)
minutes=${SOAK_MINUTES:-10} count=${SOAK_SYMBOLS:-20} rate=${SOAK_RATE:-12}
warm_up=${SOAK_WARM_UP:-$((minutes >= 300 ? 60 : (minutes + 2) / 3))}
growth=${SOAK_GROWTH:-1}
start=1700000040000

folder=$(mktemp -d "${SOAK_FOLDER:-${TMPDIR:-/tmp}}/tradebot-soak.XXXXXX")
simulator=
finish() {
    local status=$?
    trap - EXIT
    [ -z "$simulator" ] || kill "$simulator" 2>/dev/null || :
    wait 2>/dev/null || :
    if [ "$status" = 0 ] || [ -z "${SOAK_KEEP:-}" ]; then rm -rf "$folder"; else echo "kept: $folder" >&2; fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

names=(BTCUSDT ETHUSDT SOLUSDT XRPUSDT BNBUSDT DOGEUSDT ADAUSDT AVAXUSDT LINKUSDT DOTUSDT LTCUSDT WIFUSDT TRXUSDT
    NEARUSDT APTUSDT SUIUSDT ARBUSDT OPUSDT ATOMUSDT FILUSDT)
while [ ${#names[@]} -lt "$count" ]; do names+=("T${#names[@]}USDT"); done
symbols=$(IFS=,; echo "${names[*]:0:count}")

"$bindir/bybit-sim" --listen 127.0.0.1:0 --generate 7 --symbols "$symbols" --rate "$rate" --start-ms $start \
    --start first-subscription --speed max --duration "${minutes}m" --exit-at-end \
    >"$folder/simulator.out" 2>"$folder/simulator.log" &
simulator=$!
for _ in $(seq 600); do
    port=$(sed -n 's#^listening ws://127.0.0.1:\([0-9]*\).*#\1#p' "$folder/simulator.out")
    [ -z "$port" ] || break
    kill -0 $simulator 2>/dev/null || { cat "$folder/simulator.log" >&2; exit 1; }
    sleep 0.1
done
[ -n "$port" ] || { cat "$folder/simulator.log" >&2; echo "run-soak: the simulator does not listen" >&2; exit 1; }

mkdir "$folder/state"
# As systemd/tradebot.service has it.
export MALLOC_ARENA_MAX=2
"$bindir/tradebot-soak" --port "$port" --symbols "$symbols" --start-ms $start --warm-up-minutes "$warm_up" \
    --growth-percent-max "$growth" --summary "$folder/simulator.out" --folder "$folder/state"

[ -n "${SOAK_REPLAY:-}" ] || exit 0
journal=$folder/state/journal
"$bindir/botlab" journal verify "$journal" --config "$folder/state/tradebot.toml" | grep -vE '^I[0-9]+ +(holds|not dec)' >&2
orders=$("$bindir/botlab" journal stats "$journal" | sed -n 's/^ *\([0-9]*\)  exec:order_event$/\1/p')
[ "${orders:-0}" -gt 0 ] || { echo "run-soak: nothing was traded" >&2; exit 1; }
echo "{\"replay\": {\"order_events\": $orders, \"outcome\": \"$(
    "$bindir/botlab" replay "$journal" --config "$folder/state/tradebot.toml" --verify)\"}}"
