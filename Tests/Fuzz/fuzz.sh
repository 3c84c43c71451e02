#!/bin/bash
# Random bytes against everything that reads bytes from outside: Tests/Fuzz/fuzz.sh [SECONDS] [TARGET…]
#
# Builds the readers with libFuzzer and AddressSanitizer under .build/fuzz, then runs each target for SECONDS (60).
# Starts from Tests/Fuzz/corpus and, where TRADEBOT_SHARED has them, the recorded messages; what it learns stays in
# .build/fuzz/corpus for the next run. An input that breaks something is copied to Tests/Fuzz/found/TARGET, where a
# unit test reads it from then on, and the exit status is 1.
set -Eeuo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
seconds=${1:-60}
shift || :
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(frames rest decimals names books)
case $seconds in '' | *[!0-9]*) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 64 ;; esac
out=$root/.build/fuzz
fixtures=${TRADEBOT_SHARED:-$root/../shared}/fixtures/bybit
mkdir -p "$out"

# The modules as `swift build` makes them, but for the sanitizers.
flags=(-O -wmo -g -swift-version 6 -package-name main -strict-memory-safety -parse-as-library -sanitize=fuzzer,address
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility -I "$out")
module() {   # NAME FOLDER [MODULE IT BUILDS ON…]
    local sources
    mapfile -t sources < <(find "$2" -name '*.swift' | sort)
    # Made anew only when a source, or what it builds on, is newer; a module that came out the same keeps its date.
    if [ -f "$out/$1.o" ]; then
        [ -n "$(find "$2" "$0" "${@:3}" -newer "$out/$1.o" -print -quit)" ] || return 0
    fi
    echo "fuzz: compiling $1" >&2
    swiftc "${flags[@]}" -module-name "$1" -emit-module -emit-module-path "$out/$1.swiftmodule" \
        -c "${sources[@]}" -o "$out/$1.o"
}
module Contracts "$root/Sources/Contracts"
module BybitProtocol "$root/Sources/BybitProtocol" "$out/Contracts.swiftmodule"
module FuzzTargets "$here/Targets" "$out"/{Contracts,BybitProtocol}.swiftmodule
swiftc "${flags[@]}" -use-ld=lld -module-name FuzzEntry "$here/Harness/Entry.swift" \
    "$out"/{Contracts,BybitProtocol,FuzzTargets}.o -o "$out/fuzz"

# A file of messages as one input: a byte for what the caller knew, then the messages, one a line.
seed() {   # TARGET BYTE FILE
    local name
    name=$out/corpus/$1/shared-$2-$(basename "$3")
    [ -f "$name" ] || { printf "\\x$2"; case $3 in *.jsonl) head -n 24 "$3" ;; *) tr -d '\n' <"$3" ;; esac; } >"$name"
}
seed_shared() {
    [ -d "$fixtures" ] || { echo "fuzz: no recorded messages in $fixtures; from our own only" >&2; return 0; }
    mkdir -p "$out"/corpus/{frames,rest}
    local file
    for file in "$fixtures"/ws-public/*.json* "$fixtures"/ws-control/*.json; do
        case $file in
            *option*) seed frames 03 "$file" ;;
            *spot*) seed frames 02 "$file" ;;
            *) seed frames 00 "$file" ;;
        esac
    done
    for file in "$fixtures"/rest-public/*.json; do
        [ "$(stat -c %s "$file")" -gt 60000 ] || seed rest ff "$file"
    done
}

seed_shared
status=0
for target in "${targets[@]}"; do
    mkdir -p "$out/corpus/$target" "$out/artifacts/$target"
    cp -n "$here/corpus/$target"/* "$out/corpus/$target/" 2>/dev/null || :
    echo "fuzz: $target for $seconds s" >&2
    log=$out/$target.log
    if ! FUZZ_TARGET=$target "$out/fuzz" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$out/artifacts/$target/" "$out/corpus/$target" >"$log" 2>&1; then
        status=1
        mkdir -p "$here/found/$target"
        find "$out/artifacts/$target" -type f -newer "$out/fuzz" -exec cp -t "$here/found/$target" {} +
        grep -vE '^#[0-9]+' "$log" | tail -n 40 >&2
        echo "fuzz: $target broke; the input is in Tests/Fuzz/found/$target" >&2
    fi
    sed -n "s/^stat::number_of_executed_units: */fuzz: $target: inputs run: /p; s/^stat::average_exec_per_sec: */fuzz: $target: a second: /p" "$log" >&2
    grep -E '^#[0-9]+.*cov:' "$log" | tail -n 1 | sed "s/^/fuzz: $target: /" >&2
done
exit $status
