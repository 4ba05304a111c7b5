#!/usr/bin/env bash
# Deletes what the development run keeps: database, mails, keys. The next `make run` starts from nothing.
source "$(dirname "$0")/env.sh"
data="$("$STEWARD_ROOT/scripts/postgres.sh" status | cut -d' ' -f2-)" || true
"$STEWARD_ROOT/scripts/postgres.sh" stop
rm -rf "$data" "$STEWARD_ROOT/.data"
