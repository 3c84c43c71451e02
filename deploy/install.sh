#!/bin/bash
# Installs what was built: deploy/install.sh BINDIR [DESTDIR] [PREFIX]. Called by `make install`.
#
# BINDIR holds tradebotd, botctl, botlab and bybit-sim; DESTDIR is put before every path (for packages); PREFIX is /usr.
# Nothing is started or enabled, and a configuration that is there already is left alone (the new one: .toml.new).
set -Eeuo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# -ge 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 64; }
bindir=$1
destdir=${2:-}
prefix=${3:-/usr}
case $prefix in /*) ;; *) echo "install.sh: PREFIX must be an absolute path, not '$prefix'" >&2; exit 64;; esac
prefix=${prefix%/}
root=${destdir%/}

put() {   # MODE SOURCE TARGET
    install -D -m "$1" "$2" "$root$3"
}

fill_in() {   # SOURCE TARGET: with the prefix in place of /usr where our own programs are named
    install -d "$root${2%/*}"
    sed -e "s#/usr/sbin/tradebotd#$prefix/sbin/tradebotd#g; s#/usr/bin/botctl#$prefix/bin/botctl#g" \
        -e "s#/usr/lib/tradebot/root#$prefix/lib/tradebot/root#g" "$1" >"$root$2"
    chmod 644 "$root$2"
}

for program in tradebotd botctl botlab bybit-sim; do
    [ -x "$bindir/$program" ] || { echo "install.sh: no $bindir/$program; run 'make release' first" >&2; exit 66; }
done

# Programs, without the symbols that only a debugger reads, where a strip is at hand.
strip=()
! command -v strip >/dev/null || strip=(-s)
install -D -m 755 "${strip[@]}" "$bindir/tradebotd" "$root$prefix/sbin/tradebotd"
for program in botctl botlab bybit-sim; do
    install -D -m 755 "${strip[@]}" "$bindir/$program" "$root$prefix/bin/$program"
done

# Configuration: the operator's file stays.
configuration=/etc/tradebot/tradebot.toml
if [ ! -e "$root$configuration" ]; then
    put 644 "$here/deploy/tradebot.toml" "$configuration"
elif ! cmp -s "$here/deploy/tradebot.toml" "$root$configuration"; then
    put 644 "$here/deploy/tradebot.toml" "$configuration.new"
    echo "kept $configuration; the new default is $configuration.new"
fi

# systemd.
fill_in "$here/systemd/tradebot.service" "$prefix/lib/systemd/system/tradebot.service"
fill_in "$here/systemd/tradebot.socket" "$prefix/lib/systemd/system/tradebot.socket"
put 644 "$here/systemd/tradebot.sysusers" "$prefix/lib/sysusers.d/tradebot.conf"
put 644 "$here/systemd/tradebot.tmpfiles" "$prefix/lib/tmpfiles.d/tradebot.conf"
put 644 "$here/systemd/tradebot.catalog" "$prefix/lib/systemd/catalog/tradebot.catalog"
install -d "$root$prefix/lib/tradebot/root"
for drop_in in "$here"/systemd/drop-ins/*.conf; do
    fill_in "$drop_in" "$prefix/share/doc/tradebot/drop-ins/${drop_in##*/}"
done

# Manual pages and documents.
for page in "$here"/docs/man/*.[1-8]; do
    [ -e "$page" ] || continue
    section=${page##*.}
    install -d "$root$prefix/share/man/man$section"
    gzip -9nc "$page" >"$root$prefix/share/man/man$section/${page##*/}.gz"
done
for document in README.md CHANGELOG.md LICENSE SECURITY.md docs/architecture.md docs/runbook.md; do
    [ ! -e "$here/$document" ] || put 644 "$here/$document" "$prefix/share/doc/tradebot/${document##*/}"
done

# Completions, from the programs themselves.
completion() {   # PROGRAM SHELL TARGET; a program built for another machine can't be asked
    local made
    made=$(timeout 20 "$bindir/$1" --generate-completion-script "$2" 2>/dev/null) || { echo "no $2 completion for $1"; return 0; }
    install -d "$root${3%/*}"
    printf '%s\n' "$made" >"$root$3"
    chmod 644 "$root$3"
}
for program in botctl botlab bybit-sim; do
    completion "$program" bash "$prefix/share/bash-completion/completions/$program"
    completion "$program" zsh "$prefix/share/zsh/vendor-completions/_$program"
    completion "$program" fish "$prefix/share/fish/vendor_completions.d/$program.fish"
done

if [ -z "$root" ]; then
    cat <<'TEXT'
Installed. The first time, as root:
  systemd-sysusers && systemd-tmpfiles --create && journalctl --update-catalog && systemctl daemon-reload
  usermod -aG tradebot-view,tradebot-op YOU     (who may watch, pause and resume)
  systemctl enable --now tradebot
TEXT
fi
