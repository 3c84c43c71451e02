#!/bin/bash
# Takes each check out of the risk chain in turn and wants a test to notice: Tests/Mutants/mutants.sh [CHECK…]
# Builds nothing: the tests leave a check out themselves, by the environment. Prints a line a check, and the count.
set -uo pipefail
cd "$(dirname "$0")/../.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export TRADEBOT_RISK_SEQUENCES=1000   # the whole chain is tried at length elsewhere
tests() { ${SWIFT:-swift} test --skip-build ${STRICT:-} --filter '^RiskPlaneTests\.' >"$log" 2>&1; }
# The names of the tests that failed.
failures() { sed -nE 's/^✘ Test (".*") (with .*)?failed after.*/\1/p' "$log" | sort -u | paste -sd ';' | sed 's/;/; /g'; }

if ! tests || ! grep -aqE 'Test run with [1-9][0-9]* tests.* passed' "$log"; then
    tail -n 20 "$log" >&2
    echo "with every check in its place the tests do not pass" >&2
    exit 1
fi
checks=("$@")
[ $# -gt 0 ] || mapfile -t checks < <(awk -F '`' '/^## /{exit} /^\| `/{print $2}' docs/risk-checks.md)
[ ${#checks[@]} -gt 0 ] || { echo "docs/risk-checks.md names no check" >&2; exit 1; }
passed=0
failed=0
for check in "${checks[@]}"; do
    if TRADEBOT_MUTANT=$check tests; then
        echo "SURVIVED $check: no test notices that it is gone"
        failed=$((failed + 1))
    elif grep -aqE 'Test run with [1-9][0-9]* tests.* failed' "$log"; then
        echo "killed $check: $(failures)"
        passed=$((passed + 1))
    else
        tail -n 5 "$log"
        echo "BROKEN $check: the tests did not run to their end"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
