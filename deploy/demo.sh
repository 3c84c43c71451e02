#!/bin/bash
# The main job, once through: deploy/demo.sh BINDIR [SECONDS] [DATA]. Called by `make demo`.
#
# Starts bybit-sim and tradebotd, shows what happens, and ends with a summary. Succeeds only if an intent was approved
# and filled and the journal holds every stage of it under one correlation id.
# DATA: a recording to play instead of the generated market, at DEMO_SPEED times its own speed (15); bars of
# DEMO_BAR_SECONDS (5) of the recording's time then come from its trades.
set -Eeuo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# -ge 1 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 64; }
bindir=$(cd "$1" && pwd)
seconds=${2:-30}
data=${3:-}
[[ $seconds =~ ^[0-9]+$ ]] && [ "$seconds" -gt 0 ] || { echo "demo: SECONDS must be a whole number above 0" >&2; exit 64; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/tradebot-demo.XXXXXX")
simulator= daemon= events=
finish() {
    local status=$?
    trap - EXIT
    for process in $events $daemon $simulator; do kill "$process" 2>/dev/null || :; done
    wait 2>/dev/null || :
    if [ "$status" = 0 ] || [ -z "${DEMO_KEEP:-}" ]; then rm -rf "$folder"; else echo "kept: $folder" >&2; fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

fail() {
    echo "demo: $*" >&2
    echo "---- the end of the daemon's log" >&2
    tail -n 20 "$folder/daemon.log" >&2 || :
    exit 1
}

symbols='"BTCUSDT", "ETHUSDT"' streams='"tickers", "publicTrade", "orderbook.50", "kline.1"' bar_seconds=1
market=(--generate "${DEMO_SEED:-7}" --rate 40)
if [ -n "$data" ]; then
    [ -r "$data" ] || fail "no such recording: $data"
    # Recordings of books and trades: no tickers and no candles, so bars come from the trades.
    streams='"publicTrade", "orderbook.50"'
    market=(--replay "$data" --speed "${DEMO_SPEED:-15}" --loop)
    bar_seconds=${DEMO_BAR_SECONDS:-5}
    symbols=${DEMO_SYMBOLS:-$symbols}
fi

: >"$folder/simulator.out" # it is read before the simulator has begun to write
"$bindir/bybit-sim" --listen 127.0.0.1:0 "${market[@]}" >"$folder/simulator.out" 2>"$folder/simulator.log" &
simulator=$!
for _ in $(seq 100); do
    port=$(sed -n 's#^listening ws://127.0.0.1:\([0-9]*\).*#\1#p' "$folder/simulator.out")
    [ -z "$port" ] || break
    kill -0 $simulator 2>/dev/null || { cat "$folder/simulator.log" >&2; exit 1; }
    sleep 0.1
done
[ -n "$port" ] || { cat "$folder/simulator.log" >&2; echo "demo: the simulator does not listen" >&2; exit 1; }

export TRADEBOT_SOCKET=$folder/control.sock
sed -e "s#@STATE@#$folder/state#; s#@SOCKET@#$TRADEBOT_SOCKET#; s#@PORT@#$port#" \
    -e "s#@SYMBOLS@#$symbols#; s#@STREAMS@#$streams#; s#@BAR_SECONDS@#$bar_seconds#" \
    "$here/deploy/demo.toml" >"$folder/tradebot.toml"
"$bindir/tradebotd" --config "$folder/tradebot.toml" >"$folder/daemon.log" 2>&1 &
daemon=$!
echo "bybit-sim ${market[*]} on port $port; tradebotd in $folder; $seconds seconds of trading:"
for _ in $(seq 100); do
    "$bindir/botctl" status >/dev/null 2>&1 && break
    kill -0 $daemon 2>/dev/null || fail "tradebotd ended"
    sleep 0.1
done

botctl() { "$bindir/botctl" --no-color "$@"; }
botctl events --from 1 --topic control:state --topic strategy:intent --topic risk:approved_intent \
    --topic risk:rejected_intent --topic exec:order_event --topic 'market:connected' >"$folder/events.out" 2>/dev/null &
events=$!

# The journal's newest segment.
segment() { find "$folder/state/journal" -name 'journal-*.db' | sort | tail -n 1; }

# Ticks come in by the hundred, so they are counted; what follows from them is shown line by line.
shown=0
deadline=$((SECONDS + seconds))
while [ $SECONDS -lt $deadline ]; do
    sleep 1
    kill -0 $daemon 2>/dev/null || fail "tradebotd ended"
    lines=$(wc -l <"$folder/events.out")
    [ "$lines" -le "$shown" ] || sed -n "$((shown + 1)),${lines}p" "$folder/events.out" | cut -c1-150
    shown=$lines
    ticks=$(sqlite3 -readonly "$(segment)" "select count(*) from events where topic like 'market:%'" 2>/dev/null || echo 0)
    printf '  ticks so far: %s\n' "$ticks"
done

echo
botctl status || fail "no status"
botctl stop >/dev/null || fail "stop was refused"
wait $daemon || fail "tradebotd did not end well"
daemon=
echo
echo "One intent, from tick to fill, out of the journal:"
"$bindir/botlab" journal chain "$folder/state/journal" --require-complete | cut -c1-150 ||
    fail "no intent was approved and filled in $seconds s; try more: make demo DEMO_SECONDS=60"
"$bindir/botlab" journal verify "$folder/state/journal" || fail "the journal is not whole"
echo
printf '%-34s %8s\n' STAGE EVENTS
sqlite3 -readonly "$(segment)" "
    select printf('%-34s %8d', case when topic like 'market:%' then 'market data' else topic end, count(*))
    from events
    where topic like 'market:%' or topic in ('analytics:features', 'strategy:intent', 'risk:approved_intent',
        'risk:rejected_intent', 'exec:order_event', 'portfolio:position_update', 'research:featureVectorRecorded',
        'research:outcomeRecorded')
    group by case when topic like 'market:%' then 'market data' else topic end order by min(seq)"
