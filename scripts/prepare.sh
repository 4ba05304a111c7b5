#!/usr/bin/env bash
# Writes the committed query data (.sqlx) from a fresh database with all migrations, or with --check compares it.
# Usage: scripts/prepare.sh [--check]
source "$(dirname "$0")/env.sh"
use_cargo
# Once more, with the test server running (it stays up when it was).
if [ "${1:-}" != prepared ]; then exec "$STEWARD_ROOT/scripts/postgres.sh" with test "$0" prepared "$@"; fi
check=("${@:2}")

exports="$("$STEWARD_ROOT/scripts/postgres.sh" database test steward_prepare)"
eval "$exports"
times="$(mktemp)"

# sqlx touches source files to have them compiled again. Give them their times back, or every other build would follow suit.
restore_times() {
  local time file
  while read -r time file; do touch -d "@$time" "$file"; done < "$times"
  rm -f "$times"
}
trap restore_times EXIT
find app server frontend -name '*.rs' -printf '%T@ %p\n' > "$times"

sqlx migrate run -D "$DATABASE_URL"
sqlx migrate run -D "$DATABASE_URL" # a second time changes nothing
# Only `backend` has queries.
cargo sqlx prepare "${check[@]}" --workspace -D "$DATABASE_URL" -- -p backend --all-targets
