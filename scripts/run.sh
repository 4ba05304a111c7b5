#!/usr/bin/env bash
# `make run`: from a fresh clone to a served, seeded product. It runs the release, which is what a user would meet; to change
# code and see it at once, use `cargo leptos watch` (docs/development.md).
# With DATABASE_URL in the environment or in .env, that database is used and nothing is seeded.
source "$(dirname "$0")/env.sh"
cd "$STEWARD_ROOT"
scripts="$STEWARD_ROOT/scripts" sign_ins="$STEWARD_ROOT/.data/sign-ins.json"
listen="${LISTEN:-127.0.0.1:3000}"

own_database() { [ -n "${DATABASE_URL:-}" ] || grep -qs '^DATABASE_URL=.' .env; }

start_private_database() {
  if "$scripts/postgres.sh" status >/dev/null; then
    say "Using the PostgreSQL that is running already"
  else
    trap '"$scripts/postgres.sh" stop' EXIT
  fi
  local exports; exports="$("$scripts/postgres.sh" start)"
  eval "$exports"
}

# The passwords are only known at the moment of seeding, so they are kept for the next start.
seed() {
  local printed; printed="$("$bundle/server" seed --if-empty)"
  case "$printed" in *'"password"'*) (umask 077 && printf '%s\n' "$printed" > "$sign_ins") ;; esac
}

print_sign_ins() {
  [ -e "$sign_ins" ] || return 0
  # shellcheck disable=SC2016  # the ${…} are JavaScript's
  node -e '
    const { sign_ins } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    for (const { email, password, role, account } of sign_ins.slice(0, 8))
      console.error(`    ${email.padEnd(32)} ${password.padEnd(28)} ${role}, ${account}`);
  ' "$sign_ins"
}

announce_when_ready() {
  until (exec 3<>"/dev/tcp/${listen%:*}/${listen##*:}") 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || return 0
    sleep 0.2
  done
  say "Steward is at http://$listen   (Ctrl-C stops it)"
  print_sign_ins
}

"$scripts/setup.sh" run
if own_database; then private=no; else private=yes; fi
# DATABASE_URL would make the compiler ask that database; the build takes the committed query data.
bundle="$(env -u DATABASE_URL "$scripts/bundle.sh" run)"
export SITE_ROOT="$bundle/site" LISTEN="$listen" BASE_URL="${BASE_URL:-http://$listen}"
export MAILBOX_DIR="${MAILBOX_DIR:-$STEWARD_ROOT/.data/mailbox}"
mkdir -p .data

if [ "$private" = yes ]; then start_private_database; fi
say "Migrating"
"$bundle/server" migrate
if [ "$private" = yes ]; then seed; fi
"$bundle/server" serve --development &
server=$!
trap 'kill -TERM "$server" 2>/dev/null' INT TERM
announce_when_ready
# A signal ends the first `wait` early; the server still has requests to finish.
wait "$server" || wait "$server"
