#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# serverguard.sh FOLDER: when stdin ends, kills the processes that work below the folder, then removes it. They are
# killed and not asked: they may be frozen.
read -r _
for process in /proc/[0-9]*; do
    case "$(readlink "$process/cwd")" in
    "$1"/*) kill -KILL "${process#/proc/}" ;;
    esac
done 2>/dev/null
rm -rf "$1"
