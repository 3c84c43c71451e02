#!/bin/bash
# Holds the units to their bar: exposure at most 1.2, and not a word from `systemd-analyze verify`.
set -Eeuo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
exposure_tenths_max=12

if ! command -v systemd-analyze >/dev/null; then
    echo "SKIP: systemd-analyze is not installed"
    exit 0
fi

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
failed=0

# `verify` wants the programs to be there, so it looks at a root of its own with stand-ins for them.
units=$root/usr/lib/systemd/system
mkdir -p "$units" "$root/usr/sbin" "$root/usr/bin" "$root/bin" "$root/etc"
cp "$here"/systemd/tradebot.{service,socket} "$units"
cp /usr/lib/systemd/system/*.target "$units" 2>/dev/null || cp /lib/systemd/system/*.target "$units"
for program in usr/sbin/tradebotd usr/bin/botctl bin/sh; do
    printf '#!/bin/sh\n' >"$root/$program"
    chmod 755 "$root/$program"
done

verify() {   # $1 what, the rest: units. It exits with 0 on an unknown directive, so any word counts.
    local what=$1 said
    shift
    said=$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no --recursive-errors=no --root="$root" "$@" 2>&1) || said+=" (exit $?)"
    if [ -z "$said" ]; then
        echo "ok    verify $what"
    else
        echo "FAIL  verify $what: $said"
        failed=1
    fi
}

measure() {   # $1 what
    local what=$1 score
    score=$(systemd-analyze security --offline=yes --no-pager --root="$root" tradebot.service 2>/dev/null | tail -1) || :
    if systemd-analyze security --offline=yes --threshold=$exposure_tenths_max --no-pager --root="$root" \
        tradebot.service >/dev/null 2>&1; then
        score=${score#*: }
        echo "ok    exposure $what: ${score%% *}"
    else
        echo "FAIL  exposure $what: ${score:-not measurable} (at most $exposure_tenths_max tenths)"
        failed=1
    fi
}

verify "tradebot.service, tradebot.socket" tradebot.service tradebot.socket
measure "tradebot.service"
for drop_in in "$here"/systemd/drop-ins/*.conf; do
    name=${drop_in##*/}
    mkdir -p "$units/tradebot.service.d"
    cp "$drop_in" "$units/tradebot.service.d/"
    verify "with $name" tradebot.service
    measure "with $name"
    rm -r "$units/tradebot.service.d"
done
exit "$failed"
