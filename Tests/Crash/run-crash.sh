#!/bin/bash
# Kills a trading daemon again and again and looks whether anything is lost: Tests/Crash/run-crash.sh BINDIR.
#
# KILLS (50) of them by SEED (1), at random moments: while it trades, while it starts, while it is commanded. CRASH_STATE:
# a state folder to begin with, copied. A failure says how to see it again, and keeps its folder.
set -euo pipefail
[ $# -eq 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 64; }
here=$(cd "$(dirname "$0")" && pwd)
exec python3 "$here/crash.py" --bin "$1" --kills "${KILLS:-50}" --seed "${SEED:-1}" ${CRASH_STATE:+--state "$CRASH_STATE"}
