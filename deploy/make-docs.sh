#!/bin/bash
# Makes the DocC archive of every plane from its landing page and its symbols: .build/docs/NAME.doccarchive.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v docc >/dev/null || { echo "docc is not on the PATH; it comes with the Swift toolchain" >&2; exit 69; }
out=.build/docs
graphs=.build/symbol-graphs
rm -rf "$out" "$graphs"
mkdir -p "$out" "$graphs"
for catalog in Sources/*/*.docc; do
    name=$(basename "$catalog" .docc)
    mkdir -p "$graphs/$name"
    swift symbolgraph-extract -module-name "$name" -minimum-access-level package -I .build/debug/Modules \
        -target "$(uname -m)-unknown-linux-gnu" -output-dir "$graphs/$name" 2>/dev/null || true
    docc convert "$catalog" --additional-symbol-graph-dir "$graphs/$name" --fallback-display-name "$name" \
        --fallback-bundle-identifier "tradebot.$name" --output-dir "$out/$name.doccarchive" >/dev/null
    echo "$out/$name.doccarchive"
done
