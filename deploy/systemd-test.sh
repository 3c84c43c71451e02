#!/bin/bash
# The system test: deploy/systemd-test.sh BINDIR. Installs the programs of BINDIR into a box with a real systemd, trades
# there against the simulator, and shows each promise of the service; stops at the first that is broken.
# Called by `make systemd-test`. Prints "SKIP: reason" and succeeds where a box can't be had.
set -Eeuo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# = 1 ] || { echo "usage: deploy/systemd-test.sh BINDIR" >&2; exit 64; }
bindir=$(cd "$1" && pwd)
box=$here/deploy/systemd-box
cache=${XDG_CACHE_HOME:-/var/cache}/tradebot-systemd-box
packages=(libsystemd0 libssl3 libsqlite3-0 sqlite3 ca-certificates libstdc++6 zlib1g)
simulator=(bybit-sim --listen 127.0.0.1:8808 --generate 7 --rate 50)
start_seconds_max=60
trade_seconds_max=180
watchdog_seconds_max=90   # WatchdogSec=, then the time for an end in good order
export BOX_NAME=test-$$

skip() { echo "SKIP: $*"; exit 0; }
reason=$("$box" check) || skip "$reason"
"$box" build "$cache" "${packages[@]}" || skip "no root file system for the box (see $cache/build.log)"

# ---------------------------------------------------------------- bookkeeping

passed=0
scratch=$(mktemp -d)
finish() {
    local status=$?
    trap - EXIT
    "$box" down "$cache" || :
    rm -rf "$scratch"
    if [ "$status" = 0 ]; then echo "$passed passed, 0 failed"; else echo "$passed passed, 1 failed"; fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

ok() { passed=$((passed + 1)); printf 'ok    %s\n' "$*"; }
fail() {
    printf 'FAIL  %s\n' "$*"
    echo "---- the service and the last of its log"
    inside systemctl --no-pager --lines=0 status tradebot.service tradebot.socket 2>&1 || :
    "$box" logs "$cache" -n 60 -o short-precise 2>&1 || :
    exit 1
}

inside() { "$box" run "$cache" "$@"; }

# within SECONDS COMMAND...: tries again until it succeeds.
within() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $deadline ] || return 1
        sleep 0.5
    done
}

property() { inside systemctl show tradebot.service --property="$1" --value; }
rows() {
    inside runuser -u tradebot -- sh -c 'sqlite3 -readonly "$(ls /var/lib/tradebot/journal/journal-*.db | tail -n 1)" "$1"' sh "$1"
}
at_least() { local count; count=$(rows "$2") && [ "$count" -ge "$1" ]; }
lifecycle() { inside botctl status --json 2>/dev/null | grep -o '"lifecycle":"[A-Z_]*"' | head -1 | cut -d'"' -f4 || :; }
lifecycle_is() { [ "$(lifecycle)" = "$1" ]; }
listens() { inside ss -ltnH 'sport = :8808' | grep -q .; }
message_id() { sed -n "s/^ *case $1 = \"\([0-9a-f]*\)\"\$/\1/p" "$here/Sources/Systemd/MessageID.swift"; }
as() { local user=$1; shift; inside runuser -u "$user" -- "$@"; }

# ---------------------------------------------------------------- install

"$box" up "$cache"
"$here/deploy/install.sh" "$bindir" "$scratch" /usr >/dev/null
# The demonstration's settings: bars so short that a trade happens within seconds.
sed -e 's#@STATE@#/var/lib/tradebot#; s#@SOCKET@#/run/tradebot/control.sock#; s#@PORT@#8808#; s#@BAR_SECONDS@#1#' \
    -e 's#@SYMBOLS@#"BTCUSDT", "ETHUSDT"#; s#@STREAMS@#"tickers", "publicTrade", "orderbook.50", "kline.1"#' \
    "$here/deploy/demo.toml" >"$scratch/etc/tradebot/tradebot.toml"
# Links that lead into the merged /usr stay what they are, since only files are pushed.
"$box" push "$cache" "$scratch/usr" /usr
"$box" push "$cache" "$scratch/etc" /etc
inside systemd-sysusers
inside systemd-tmpfiles --create /usr/lib/tmpfiles.d/tradebot.conf
inside journalctl --update-catalog
inside systemctl daemon-reload
for user in bot-viewer:tradebot-view bot-operator:tradebot-view,tradebot-op bot-outsider:nogroup; do
    inside useradd --system --groups "${user#*:}" "${user%:*}"
done

for program in /usr/sbin/tradebotd /usr/bin/botctl /usr/bin/bybit-sim /usr/bin/botlab; do
    missing=$(inside ldd "$program" | grep 'not found' || :)
    [ -z "$missing" ] || fail "$program lacks libraries: $missing"
done
ok "every program finds its libraries"

said=$(inside systemd-analyze verify --man=no --recursive-errors=no tradebot.service tradebot.socket 2>&1) || said+=" (failed)"
[ -z "$said" ] || fail "systemd-analyze verify says: $said"
inside systemd-analyze security --offline=yes --threshold=12 tradebot.service >/dev/null || fail "exposure is above 1.2"
ok "the installed units verify without a word, exposure at most 1.2"

inside systemd-run --quiet --unit=bybit-sim "${simulator[@]}"
within 20 listens || { "$box" logs "$cache" -u bybit-sim >&2; fail "the simulator does not listen"; }
ok "the simulator listens in the box"

# ---------------------------------------------------------------- start and trade

inside systemctl start tradebot || fail "systemctl start tradebot failed"
[ "$(property ActiveState)" = active ] || fail "after start: $(property ActiveState)"
ok "systemctl start: active"

within $start_seconds_max lifecycle_is RUNNING || fail "botctl status: $(lifecycle), not RUNNING"
inside botctl status | grep -q RUNNING || fail "botctl status does not say RUNNING"
ok "botctl status: RUNNING"

orders="select count(*) from events where topic = 'exec:order_event'"
within $trade_seconds_max at_least 1 "$orders" || fail "no exec:order_event in $trade_seconds_max s"
ok "it trades: exec:order_event in the journal"

as bot-viewer botctl status >/dev/null || fail "a viewer may not see the status"
status=0; as bot-viewer botctl pause >/dev/null 2>&1 || status=$?
[ "$status" = 77 ] || fail "a viewer's pause ended with $status, not 77"
status=0; as bot-outsider botctl status >/dev/null 2>&1 || status=$?
[ "$status" != 0 ] || fail "an outsider may see the status"
ok "a viewer sees and may not pause; an outsider sees nothing"

# ---------------------------------------------------------------- pause, restart, resume

answer=$(as bot-operator botctl pause --json) || fail "an operator's pause was refused: $answer"
paused_at=$(grep -o '"seq":[0-9]*' <<<"$answer" | head -1 | cut -d: -f2)
[ -n "$paused_at" ] || fail "the pause has no seq: $answer"
requests="select count(*) from events where topic = 'exec:order_event' and seq > $paused_at
    and json_extract(payload, '\$.state') in ('submitting', 'amending', 'cancelling')"
refusals="select count(*) from events where topic = 'risk:rejected_intent' and seq > $paused_at"
within $trade_seconds_max at_least 3 "$refusals" || fail "no intents refused after the pause at $paused_at"
[ "$(rows "$requests")" = 0 ] || fail "$(rows "$requests") orders placed, changed or cancelled after the pause at $paused_at"
ok "paused at $paused_at: $(rows "$refusals") intents refused since, no order placed, changed or cancelled"

inside systemctl restart tradebot || fail "systemctl restart failed"
within $start_seconds_max lifecycle_is PAUSED || fail "after the restart: $(lifecycle), not PAUSED"
[ "$(rows "$requests")" = 0 ] || fail "orders were placed while paused, over the restart"
ok "after systemctl restart: PAUSED, still no order"

before=$(rows "$orders")
as bot-operator botctl resume >/dev/null || fail "resume was refused"
within $trade_seconds_max at_least $((before + 1)) "$orders" || fail "no order after the resume"
ok "botctl resume: it trades again"

# ---------------------------------------------------------------- the log

filled="select correlation from events where topic = 'exec:order_event' and correlation is not null
    and json_extract(payload, '\$.state') = 'filled' order by seq desc limit 1"
any_filled() { [ -n "$(rows "$filled")" ]; }
within $trade_seconds_max any_filled || fail "no intent was filled"
correlation=$(rows "$filled")
planes_of() {
    inside journalctl --sync || :
    "$box" logs "$cache" -u tradebot CORRELATION_ID="$correlation" -o json | grep -o '"PLANE":"[^"]*"' | sort -u
}
enough_planes() { [ "$(planes_of | wc -l)" -ge 4 ]; }
within 10 enough_planes || fail "CORRELATION_ID=$correlation shows only: $(planes_of | tr '\n' ' ')"
ok "journalctl CORRELATION_ID=$correlation: $(planes_of | cut -d'"' -f4 | tr '\n' ' ')"

explained=$("$box" logs "$cache" -x -n 1 -u tradebot MESSAGE_ID="$(message_id ready)")
grep -q 'Subject: The trading daemon is ready' <<<"$explained" || fail "journalctl -x does not explain the ready message"
ok "journalctl -x explains the ready message"

# ---------------------------------------------------------------- kill and stop

restarts=$(property NRestarts)
inside systemctl kill --kill-who=main --signal=SIGKILL tradebot
restarted() { [ "$(property NRestarts)" -gt "$restarts" ] && [ "$(property ActiveState)" = active ]; }
within $start_seconds_max restarted || fail "systemd did not start it again after SIGKILL"
within $start_seconds_max lifecycle_is RUNNING || fail "after SIGKILL: $(lifecycle), not RUNNING"
ok "after SIGKILL: started again by systemd, RUNNING"

ended() {   # $1 which stop, $2 invocation: a good end, told once, with the socket closed and no way back
    local what=$1 invocation=$2 state cleanups status=0
    not_deactivating() { case $(property ActiveState) in deactivating|active) return 1;; esac; }
    within 50 not_deactivating || fail "$what: still $(property ActiveState) after 50 s"
    sleep 4   # longer than RestartSec=: a restart would show
    state=$(property ActiveState)/$(property Result)/$(property ExecMainStatus)
    [ "$state" = inactive/success/0 ] || fail "$what: ended $state, not inactive/success/0"
    inside journalctl --sync || :
    cleanups=$("$box" logs "$cache" -o cat _SYSTEMD_INVOCATION_ID="$invocation" MESSAGE_ID="$(message_id cleanup)" | grep -c . || :)
    [ "$cleanups" = 1 ] || fail "$what: $cleanups cleanup messages, not 1"
    inside botctl status >/dev/null 2>&1 || status=$?
    [ "$status" = 69 ] || fail "$what: botctl status ended with $status, not 69"
    inside test ! -e /run/tradebot/control.sock || fail "$what: the socket is still there"
    state=$(property ActiveState)
    [ "$state" = inactive ] || fail "$what: botctl status started it again ($state)"
    ok "$what: inactive, exit 0, one cleanup message, no restart, socket closed"
}
invocation=$(property InvocationID)
inside systemctl stop tradebot || fail "systemctl stop failed"
ended "systemctl stop" "$invocation"

[ "$(rows 'select count(*) = max(seq) - min(seq) + 1 from events')" = 1 ] || fail "the journal has gaps"
[ "$(rows 'pragma integrity_check')" = ok ] || fail "the journal's file is damaged"
ok "the journal is gap-free over three runs: $(rows "select count(*) || ' events' from events")"

inside systemctl start tradebot || fail "it does not start again"
within $start_seconds_max lifecycle_is RUNNING || fail "after the start: $(lifecycle), not RUNNING"
invocation=$(property InvocationID)
inside botctl stop >/dev/null || fail "botctl stop was refused"
ended "botctl stop" "$invocation"

# ---------------------------------------------------------------- held still, and a crash loop

# The starts so far must not count; where systemd has forgotten the unit, it has forgotten them.
inside systemctl reset-failed tradebot.service 2>/dev/null || :
inside systemctl start tradebot || fail "it does not start again"
within $start_seconds_max lifecycle_is RUNNING || fail "after the start: $(lifecycle), not RUNNING"
restarts=$(property NRestarts)
inside systemctl kill --kill-who=main --signal=SIGSTOP tradebot
within $watchdog_seconds_max restarted || fail "held still, it was not ended by the watchdog: $(property ActiveState)/$(property Result)"
within $start_seconds_max lifecycle_is RUNNING || fail "after the watchdog: $(lifecycle), not RUNNING"
ok "held still: ended by the watchdog, started again, RUNNING"

inside systemctl reset-failed tradebot.service
down() { [ "$(property ActiveState)" = failed ]; }
another_process() { local id; id=$(property MainPID); [ "$id" != 0 ] && [ "$id" != "$main" ]; }
main=0
kills=0
while [ $kills -lt 8 ] && within 15 another_process; do
    main=$(property MainPID)
    inside systemctl kill --kill-who=main --signal=SIGKILL tradebot 2>/dev/null || :
    kills=$((kills + 1))
done
down || fail "$kills crashes in a row, and it is still started: $(property ActiveState)"
[ $kills -ge 5 ] || fail "down after $kills crashes already"
"$box" logs "$cache" -u tradebot --since -2min | grep -q 'Start request repeated too quickly' || fail "it is down for another reason"
ok "a crash loop: after $kills crashes the unit stays down"

as tradebot botlab journal verify /var/lib/tradebot/journal >/dev/null || fail "after the crash loop the journal does not verify"
inside systemctl reset-failed tradebot.service tradebot.socket
inside systemctl start tradebot || fail "it does not start after reset-failed"
within $start_seconds_max lifecycle_is RUNNING || fail "after reset-failed: $(lifecycle), not RUNNING"
inside systemctl stop tradebot || fail "systemctl stop failed"
ok "the journal verifies, and after systemctl reset-failed it runs again"
