#!/usr/bin/env bash
# Writes the committed query data (.sqlx) from a fresh database with all migrations, or with --check compares it.
# Usage: scripts/prepare.sh [--check]   (on the database server of DATABASE_OWNER_URL, else on a private one)
source "$(dirname "$0")/env.sh"
use_cargo
if [ -z "${DATABASE_OWNER_URL:-}" ]; then exec "$STEWARD_ROOT/scripts/postgres.sh" with test "$0" "$@"; fi

check=("$@")
database="steward_prepare_$$"
DATABASE_URL="${DATABASE_OWNER_URL/\/steward\?/\/$database?}"
times="$(mktemp)"

# sqlx touches source files to have them compiled again. Give them their times back, or every other build would follow suit.
finish() {
  local time file
  while read -r time file; do touch -d "@$time" "$file"; done < "$times"
  rm -f "$times"
  sqlx database drop -y -D "$DATABASE_URL" >&2
}
trap finish EXIT
find app server frontend -name '*.rs' -printf '%T@ %p\n' > "$times"

sqlx database create -D "$DATABASE_URL"
sqlx migrate run -D "$DATABASE_URL"
sqlx migrate run -D "$DATABASE_URL" # a second time changes nothing
# Only `backend` has queries.
cargo sqlx prepare "${check[@]}" --workspace -D "$DATABASE_URL" -- -p backend --all-targets
