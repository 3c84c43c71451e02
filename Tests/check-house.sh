#!/bin/bash
# The law of the house, as far as a search can see it: Tests/check-house.sh [ROOT]. Names file:line of each breach.
# The compiler refuses undeclared imports as well (--explicit-target-dependency-import-check error); this check also
# sees what Package.swift itself would allow.
set -uo pipefail
root=${1:-.}
cd "$root" || exit 66
planes='Control|Market|Analytics|Strategy|Risk|Execution|Storage|Observability|Research'
breaches=0
say() {   # TITLE FINDINGS
    [ -n "$2" ] || return 0
    printf '%s:\n%s\n' "$1" "$2" >&2
    breaches=$((breaches + 1))
}
# Lines of code that match; comments don't count.
search() { grep -rnE "$1" "${@:2}" --include='*.swift' 2>/dev/null | grep -vE '^[^:]+:[0-9]+:[[:space:]]*//'; }
import='^[[:space:]]*(@[A-Za-z]+ )*(package |internal |private )?import (struct |class |enum |protocol |func )?'

planes_that_import() {
    local folder
    for folder in Sources/*Plane; do
        [ -d "$folder" ] || continue
        search "$import($planes)Plane\b" "$folder" | grep -vE "import .*\b${folder##*/}\b"
    done
}
say "a plane imports a plane" "$(planes_that_import)"
say "a plane imports the composition root" "$(search "${import}TradingSystem\b" Sources/*Plane)"
say "Package.swift lets a plane depend on a plane" \
    "$(grep -nE "plane\(\"[A-Za-z]+\"[^)]*\"($planes)Plane\"" Package.swift 2>/dev/null)"
say "Contracts imports something" "$(search "$import" Sources/Contracts)"
# `Encoder` itself asks for a dictionary of Any; it stays empty.
say "casts, traps and unchecked sharing outside leaf wrappers of C" "$(
    search '\bas!|\btry!|: Any\b|\[Any\]|\bAny\?|@unchecked Sendable|nonisolated\(unsafe\)' Sources |
        grep -vE '^Sources/(C[A-Z][A-Za-z]*|Systemd|OpenSSL)/' | grep -v 'userInfo: \[CodingUserInfoKey: Any\]'
)"
say "public, where package is meant" "$(search '^[[:space:]]*(@[A-Za-z]+ )*public ' Sources)"
# What is told the time or a number from outside is fine; a plane that asks for it by itself is not. Three leaves of the
# storage plane may: the id that a new journal draws, the folder for temporary files, and how long a disk takes.
clocks='Date\(\)|Date\.now|Date\(timeIntervalSinceNow|Date = \.(now|init)|CFAbsoluteTimeGetCurrent'
clocks+='|(Continuous|Suspending|System)Clock\b|MonotonicTime\b|DispatchTime\.now|DispatchWallTime'
clocks+='|clock_gettime|gettimeofday|time\((nil|&[a-z])|clock\(\)'
chances='UUID\(\)|UUID\.init|s?rand(om)?\(\)|SystemRandomNumberGenerator|arc4random|getrandom'
# Hashing has a seed of its own in each process.
chances+='|Hasher\(\)'
methods='\.hashValue\b|\.(random\((in:|\))|randomElement\(\)|shuffled\(\))'
say "clock, randomness or environment inside a plane" "$(
    search "\b($clocks|$chances|ProcessInfo|getenv)|$methods" Sources/*Plane Sources/Indicators Sources/EventKernel |
        grep -vE '^Sources/EventKernel/HostClock\.swift:' |
        grep -vE '^Sources/StoragePlane/(Writing/JournalOpener|Segments/(FileSystem|JournalDisk))\.swift:'
)"
say "unfinished work" "$(
    grep -rnE '\b(TODO|FIXME|XXX|HACK)\b' Sources Tests deploy systemd docs Makefile -I 2>/dev/null |
        grep -v '^Tests/check-house.sh'
)"
[ $breaches = 0 ] || { echo "$breaches rules of the house are broken" >&2; exit 1; }
