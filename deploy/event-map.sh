#!/bin/bash
# Makes the files that follow from the event map; with --check only says whether they are as they should be.
set -euo pipefail
cd "$(dirname "$0")/.."
map=Sources/Contracts/EventMap
table=$map/event-map.tsv
files=(
    "topic Sources/Contracts/Generated/Topic.swift"
    "events Sources/Contracts/Generated/AnyEvent.swift"
    "bus Sources/EventKernel/Generated/Channels.swift"
    "doc docs/event-map.md"
)
draft=$(mktemp -d)
trap 'rm -rf "$draft"' EXIT
status=0
for entry in "${files[@]}"; do
    read -r what file <<<"$entry"
    made=$draft/${file##*/}
    awk -v what="$what" -f "$map/generate.awk" "$table" >"$made"
    case $file in *.swift) swift format format --configuration .swift-format --in-place "$made" ;; esac
    if [ "${1:-}" != --check ]; then
        mkdir -p "$(dirname "$file")"
        cp "$made" "$file"
    elif ! cmp -s "$made" "$file"; then
        echo "$file does not follow from $table: run 'make event-map'" >&2
        status=1
    fi
done
exit $status
