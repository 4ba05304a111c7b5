#!/usr/bin/env bash
# A private PostgreSQL for this checkout. Nothing listens on the network and nothing of the system's PostgreSQL is touched.
# Usage: scripts/postgres.sh start|stop|status|env [dev|test]
#        scripts/postgres.sh with dev|test COMMAND…   (runs COMMAND on it; stops it again unless it ran before)
#        scripts/postgres.sh database dev|test NAME [TEMPLATE]   (starts it, makes an empty or copied database, prints its exports)
#   dev   survives restarts; data in .data/postgres
#   test  fast instead of durable, thrown away by `stop`; one per checkout, so that two clones can test at the same time
# `start` and `env` print shell exports: eval "$(scripts/postgres.sh start)"
source "$(dirname "$0")/env.sh"
action="${1:-}" flavour="${2:-dev}"
unset PGPORT PGHOST PGUSER PGDATABASE PGPASSWORD PGDATA PGOPTIONS

# PostgreSQL refuses to run as root, so root runs it as the user that Debian's package made for it.
server_user() { if [ "$(id -u)" = 0 ]; then echo postgres; else id -un; fi; }
as_server() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }
short_hash() { printf %s "$1" | cksum | cut -d' ' -f1; }

choose_data_folder() {
  local hash; hash="$(short_hash "$STEWARD_ROOT")"
  case "$flavour" in
    dev) data="$STEWARD_ROOT/.data/postgres" ;;
    test) data="$STEWARD_CACHE/postgres-test-$hash" ;;
    *) die "unknown flavour '$flavour': use dev or test" ;;
  esac
  mkdir -p "$(dirname "$data")"
  if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || die "root cannot run PostgreSQL and there is no user 'postgres'. Install PostgreSQL, or work as an ordinary user."
    # A folder under /root, for example, is closed to that user.
    if ! as_server test -x "$(dirname "$data")"; then
      install -d -m 755 /var/lib/steward
      data="/var/lib/steward/$flavour-$hash"
    fi
  fi
}

choose_binaries() {
  local wanted='*' found
  if [ -e "$data/PG_VERSION" ]; then wanted="$(cat "$data/PG_VERSION")"; fi
  found="$(find /usr/lib/postgresql -path "*/$wanted/bin/initdb" 2>/dev/null | sort -V | tail -n 1)" || true
  if [ -n "$found" ]; then bin="$(dirname "$found")"; return; fi
  if command -v pg_config >/dev/null 2>&1; then bin="$(pg_config --bindir)"; fi
  [ -x "${bin:-}/initdb" ] || die "PostgreSQL${wanted/\*/} is missing. Install it (Debian package: postgresql) and start again."
}

# Trusting every local connection is sound only because of this folder: it holds the one socket there is, and mode 0700
# lets nobody but us (and root) in. Its path is short, as a socket's may not pass 107 bytes.
make_socket_folder() {
  mkdir -m 700 "$socket" 2>/dev/null || true
  [ "$(id -u)" != 0 ] || [ -L "$socket" ] || chown "$(server_user)" "$socket"
  if [ -L "$socket" ] || [ "$(stat -c %U "$socket")" != "$(server_user)" ]; then
    die "$socket belongs to somebody else; remove it and start again."
  fi
  chmod 700 "$socket"
}

ready() { "$bin/pg_isready" -q -h "$socket" -p 5432; }

# A server that was killed leaves its pid file; by now the number may be another process's. PostgreSQL itself only sees that
# the number is in use, and would refuse to start.
remove_stale_pid_file() {
  local pid; pid="$(head -n 1 "$data/postmaster.pid" 2>/dev/null)" || return 0
  # `exe` rather than `comm`: a killed process that nobody has waited for yet still has its name, but no program.
  case "$(readlink "/proc/$pid/exe" || true)" in
    */postgres*) ;;
    *) rm -f "$data/postmaster.pid" ;;
  esac
}

initialise() {
  say "Creating a $flavour database cluster in $data"
  if [ "$(id -u)" = 0 ]; then install -d -o postgres -m 700 "$data"; else mkdir -m 700 "$data"; fi
  as_server "$bin/initdb" -D "$data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null ||
    die "initdb failed"
  {
    echo "listen_addresses = ''"
    echo "unix_socket_permissions = 0700"
    echo "max_connections = 200"
    if [ "$flavour" = test ]; then printf '%s = off\n' fsync synchronous_commit full_page_writes; fi
  } | as_server tee -a "$data/postgresql.conf" >/dev/null
}

shut_down() {
  remove_stale_pid_file
  if [ -e "$data/postmaster.pid" ]; then as_server "$bin/pg_ctl" -D "$data" -s -w -m fast stop >&2 || true; fi
}

launch() {
  local attempt
  # After a kill -9 of the parent its last children need a moment to go; until then the new one is refused.
  for attempt in 1 2 3 4 5; do
    remove_stale_pid_file
    if as_server "$bin/pg_ctl" -D "$data" -l "$data/server.log" -s -w -t 60 -o "-k $socket -p 5432" start >&2 9>&-; then
      return
    fi
    sleep "$attempt"
  done
  as_server tail -n 20 "$data/server.log" >&2
  die "PostgreSQL did not start; its log is $data/server.log"
}

create_roles() {
  local owner_may='CREATEDB CREATEROLE'
  if [ "$flavour" = test ]; then owner_may='SUPERUSER'; fi # every database test makes its own database
  PGOPTIONS=--client-min-messages=warning as_server "$bin/psql" -qX -v ON_ERROR_STOP=1 -h "$socket" -p 5432 -U postgres postgres >&2 <<SQL
SELECT 'CREATE ROLE steward_owner LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'steward_owner') \gexec
SELECT 'CREATE ROLE steward_app NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'steward_app') \gexec
SELECT 'CREATE ROLE steward_web LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'steward_web') \gexec
ALTER ROLE steward_owner $owner_may;
GRANT steward_app TO steward_web;
SELECT 'CREATE DATABASE steward OWNER steward_owner' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'steward') \gexec
SQL
}

# print_env [DATABASE]
print_env() {
  local owner="postgres://steward_owner@localhost:5432/${1:-steward}?host=$socket"
  local web="postgres://steward_web@localhost:5432/${1:-steward}?host=$socket"
  printf "export DATABASE_OWNER_URL='%s'\n" "$owner"
  # The database tests (sqlx::test) create databases through DATABASE_URL; the application's role may not.
  if [ "$flavour" = test ]; then
    printf "export DATABASE_URL='%s'\nexport DATABASE_WEB_URL='%s'\n" "$owner" "$web"
  else
    printf "export DATABASE_URL='%s'\n" "$web"
  fi
}

start() {
  make_socket_folder
  exec 9>"$socket/start.lock"
  flock 9 # two starts at once: the second finds the work done
  if ! ready; then
    if [ ! -e "$data/PG_VERSION" ]; then initialise; fi
    shut_down # alive without its socket: a cleaner of /tmp took it
    launch
  fi
  create_roles
  flock -u 9
  print_env
}

run_with() {
  local exports status=0
  if ready; then exports="$(print_env)"; else trap stop EXIT; exports="$(start)"; fi
  (eval "$exports"; "$@") || status=$?
  return "$status"
}

# An old database of that name goes. `steward`, where the development run keeps its data, does not.
make_database() {
  local name="${1:-}" template="${2:-template0}"
  [[ "$name$template" =~ ^[a-z0-9_]+$ && "$name" =~ ^steward_ ]] || die "a database name looks like steward_something"
  start >/dev/null
  PGOPTIONS=--client-min-messages=warning as_server "$bin/dropdb" -h "$socket" -p 5432 -U postgres --if-exists --force "$name"
  as_server "$bin/createdb" -h "$socket" -p 5432 -U postgres -O steward_owner -T "$template" "$name"
  print_env "$name"
}

stop() {
  shut_down
  rm -rf "$socket"
  if [ "$flavour" = test ]; then rm -rf "$data"; fi
}

choose_data_folder
choose_binaries
socket="/tmp/steward-$(id -u)-$(short_hash "$data")"
case "$action" in
  start) start ;;
  stop) stop ;;
  env) print_env ;;
  with) run_with "${@:3}" ;;
  database) make_database "${@:3}" ;;
  status) if ready; then echo "running: $data"; else echo "stopped: $data"; exit 3; fi ;;
  *) die "unknown action '$action'; see the head of scripts/postgres.sh" ;;
esac
