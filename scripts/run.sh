#!/usr/bin/env bash
# `make run`: from a fresh clone to a served, seeded product. It runs the release, which is what a user would meet; to change
# code and see it at once, use `cargo leptos watch` (docs/development.md).
# With DATABASE_URL in the environment or in .env, that database is used and nothing is seeded.
source "$(dirname "$0")/env.sh"
cd "$STEWARD_ROOT"
scripts="$STEWARD_ROOT/scripts" data="$STEWARD_ROOT/.data"

# As the server itself does: what the environment has already counts more than the file.
read_env_file() {
  local line name value
  [ -e .env ] || return 0
  # The last line may end without a line break. (Cut at the first "=" by hand: `read` would swallow one at the end of a value.)
  while IFS= read -r line || [ -n "$line" ]; do
    name="${line%%=*}" value="${line#*=}"
    if [[ "$line" = *=* ]] && [[ "$name" =~ ^[A-Z_]+$ ]] && [ -z "${!name+set}" ]; then
      value="${value%\"}"
      export "$name=${value#\"}"
    fi
  done < .env
}

start_private_database() {
  if "$scripts/postgres.sh" status >/dev/null; then
    say "Using the PostgreSQL that is running already"
  else
    trap '"$scripts/postgres.sh" stop' EXIT
  fi
  local exports; exports="$("$scripts/postgres.sh" start)"
  eval "$exports"
}

secret_key() {
  if [ ! -s "$data/secret-key" ]; then (umask 077 && node -p 'crypto.randomBytes(48).toString("base64")' > "$data/secret-key"); fi
  cat "$data/secret-key"
}

# The passwords are only known at the moment of seeding, so they are kept for the next start.
seed() {
  local printed; printed="$("$bundle/server" seed --if-empty)"
  case "$printed" in *'"password"'*) (umask 077 && printf '%s\n' "$printed" > "$data/sign-ins.json") ;; esac
}

print_sign_ins() {
  [ -e "$data/sign-ins.json" ] || return 0
  # shellcheck disable=SC2016  # the ${…} are JavaScript's
  node -e '
    const { sign_ins } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    for (const { email, password, role, account } of sign_ins.slice(0, 8))
      console.error(`    ${email.padEnd(32)} ${password.padEnd(28)} ${role}, ${account}`);
  ' "$data/sign-ins.json"
}

announce_when_ready() {
  until (exec 3<>"/dev/tcp/${LISTEN%:*}/${LISTEN##*:}") 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || return 0
    sleep 0.2
  done
  say "Steward is at $BASE_URL   (Ctrl-C stops it; its mails are at $BASE_URL/dev/mailbox)"
  if [ "$private" = yes ]; then print_sign_ins; fi
}

read_env_file
if [ -n "${DATABASE_URL:-}" ]; then private=no; else private=yes; fi
"$scripts/setup.sh" run
bundle="$("$scripts/bundle.sh" run)"
mkdir -p "$data"
export DEVELOPMENT=true SITE_ROOT="$bundle/site" MAILBOX_DIR="${MAILBOX_DIR:-$data/mailbox}"
export LISTEN="${LISTEN:-127.0.0.1:3000}"
export BASE_URL="${BASE_URL:-http://$LISTEN}"
export SECRET_KEY="${SECRET_KEY:-$(secret_key)}"

if [ "$private" = yes ]; then start_private_database; fi
"$bundle/server" migrate
if [ "$private" = yes ]; then seed; fi
"$bundle/server" serve &
server=$!
trap 'kill -TERM "$server" 2>/dev/null' INT TERM
announce_when_ready
# A signal ends the first `wait` early; the server still has requests to finish.
wait "$server" || wait "$server"
