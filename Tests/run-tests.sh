#!/bin/bash
# Runs every test against what `make build release` has built, and ends with a summary of all of them.
set -uo pipefail
cd "$(dirname "$0")/.."
export TRADEBOT_BIN=${TRADEBOT_BIN:-.build/release}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
failed=0

# What computes first; then what talks over sockets, a feed on failing networks, and the real programs: these have
# time-outs, so they don't share the cores with all the rest.
sockets='^(ControlPlane|ExchangeSimulator|MarketPlane|Recording|WebSocketTransport)Tests\.'
faults='MarketPlaneTests.*(Random fault scripts|A market feed)'
tests() {
    swift test --skip-build --explicit-target-dependency-import-check error "$@" 2>&1 | tee -a "$log"
    [ "${PIPESTATUS[0]}" = 0 ] || { status=1; failed=$((failed + 1)); }
}
tests --skip '^SystemTests\.' --skip "$sockets"
tests --filter "$sockets" --skip "$faults"
tests --filter "$faults"
tests --filter '^SystemTests\.'

for part in "deploy/check-units.sh" "deploy/systemd-test.sh $TRADEBOT_BIN" "Tests/Crash/run-crash.sh $TRADEBOT_BIN"; do
    echo "== $part"
    $part || { echo "FAILED: $part"; status=1; failed=$((failed + 1)); }
done
echo "== summary"
grep -aE '^(.*)Test run with [0-9]+ tests' "$log"
[ $status = 0 ] && echo "all parts passed" || echo "$failed parts failed"
exit $status
