#!/bin/bash
# Installs the Debian packages that are missing; says what to install where that is not possible.
set -euo pipefail
needed=(libsystemd-dev libssl-dev libsqlite3-dev zlib1g-dev sqlite3 python3-venv)
# `dependencies.sh tests` installs what only tests need: a box with a real systemd, a browser for the report.
if [ "${1:-}" = tests ]; then
    needed+=(chromium)
    [ "$(id -u)" != 0 ] || needed+=(mmdebstrap)
fi
missing=()
for package in "${needed[@]}"; do
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" = 0 ]; then
    run=()
elif command -v sudo >/dev/null; then
    run=(sudo)
else
    echo "missing packages: ${missing[*]}; as root: apt-get install ${missing[*]}" >&2
    exit 69
fi
echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${run[@]}" apt-get update -qq
"${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
