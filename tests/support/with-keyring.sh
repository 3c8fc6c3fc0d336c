#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# with-keyring.sh PROGRAM...: runs it in a session of its own with an empty, unlocked GNOME keyring, and cleans up.
set -eu
if [ -z "${SHARDHELM_IN_SESSION:-}" ]; then
    home=$(mktemp -d)
    trap 'rm -rf "$home"' EXIT
    mkdir -m 700 "$home/run"
    env -u DBUS_SESSION_BUS_ADDRESS HOME="$home" XDG_DATA_HOME="$home/data" XDG_RUNTIME_DIR="$home/run" \
        XDG_CURRENT_DESKTOP=GNOME SHARDHELM_IN_SESSION=1 \
        dbus-run-session -- "$0" "$@"
    exit
fi
# The daemon ends with the session bus.
printf 'test' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
exec "$@"
