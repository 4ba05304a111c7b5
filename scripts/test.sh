#!/usr/bin/env bash
# `make test`, and all that CI runs. Each part prints one line, and its output when it fails; the last lines repeat them all.
# A part that runs no test fails: nothing is skipped in silence. What could not run because an earlier part failed counts as
# failed too.
source "$(dirname "$0")/env.sh"
use_cargo
exec </dev/null
unset DATABASE_URL DATABASE_OWNER_URL DATABASE_WEB_URL # the tests have a database server of their own
export INSTA_UPDATE=no # a differing snapshot fails; it is not written anew
export RUST_BACKTRACE=0 # what a test says is enough to find it, and a record of CI is cut in the middle
scripts="$STEWARD_ROOT/scripts"
scratch="$(mktemp -d)"
summary=() total_passed=0 total_failed=0
nextest=(cargo nextest run --run-ignored all -p domain -p ui -p app -p backend -p server
         --features "ui/ssr,app/ssr")

leave() {
  if [ -e "$scratch/postgres" ]; then "$scripts/postgres.sh" stop test; fi
  rm -rf "$scratch"
}
trap leave EXIT

# What a part calls to say how many tests passed and failed.
passed() { echo "$1" >> "$scratch/passed"; }
failed() { echo "$1" >> "$scratch/failed"; }
check() { if "$@"; then passed 1; else failed 1; fi; }
sum() { awk '{n += $1} END {print n + 0}' "$1"; }

record() {
  summary+=("$1")
  echo "$1"
}

# part NAME COMMAND…: runs it with its output kept aside, and says in `went_well` how it went. Never call it in a condition:
# bash would then let the function run on after an error.
part() {
  local name="$1" began=$SECONDS status passes failures
  shift
  : > "$scratch/passed"; : > "$scratch/failed"
  set +e
  (set -e; "$@") > "$scratch/log" 2>&1
  status=$?
  set -e
  passes="$(sum "$scratch/passed")" failures="$(sum "$scratch/failed")"
  if [ "$failures" = 0 ] && [ "$status" != 0 ]; then failures=1; fi
  if [ "$failures" = 0 ] && [ "$passes" = 0 ]; then echo "no test ran" >> "$scratch/log"; failures=1; fi
  total_passed=$((total_passed + passes)) total_failed=$((total_failed + failures))
  if [ "$failures" = 0 ]; then
    grep '^note: ' "$scratch/log" | sed 's/^note: /  /' || true
    record "$name: $passes tests passed, $((SECONDS - began)) s"
    went_well=yes
  else
    sed 's/^/  | /' "$scratch/log"
    record "$name: $passes tests passed, $failures FAILED, $((SECONDS - began)) s"
    went_well=no
  fi
}

not_run() {
  total_failed=$((total_failed + 1))
  record "$1: FAILED, not run because an earlier part failed"
}

# A script that prints one line `ok: …` for every rule it found kept.
counting_ok() {
  local status=0
  "$@" > "$scratch/rules" || status=$?
  cat "$scratch/rules"
  passed "$(grep -c '^ok: ' "$scratch/rules" || true)"
  failed "$(grep -c '^broken: ' "$scratch/rules" || true)"
  return "$status"
}

set_up() { "$scripts/setup.sh" test; passed 1; }

formatting() {
  check cargo fmt --all --check
  check tsc --noEmit -p end2end
  check shellcheck scripts/*.sh scripts/tools/*
}

dependency_rules() {
  local kind
  for kind in bans licenses sources; do check cargo deny --locked check "$kind"; done
}
unused_dependencies() { check cargo machete app server frontend; }

database() {
  "$scripts/postgres.sh" status test || touch "$scratch/postgres" # ours to stop
  "$scripts/postgres.sh" start test > "$scratch/exports"
  passed 1
}

# Also applies every migration to a fresh database, twice.
query_data() { "$scripts/prepare.sh" --check; passed 1; }

# nextest ends with: Summary [ 1.2s] 12 tests run: 11 passed, 1 failed, 3 skipped. (Skipped are the other crates' tests.)
count_nextest() {
  local line; line="$(sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -E '^ *Summary ' | tail -n 1)"
  passed "$(grep -oE '[0-9]+ passed' <<<"$line" | grep -oE '[0-9]+' || echo 0)"
  failed "$(grep -oE '[0-9]+ (failed|timed out|exec failed)' <<<"$line" | grep -oE '^[0-9]+' || echo 0)"
}
tests_of() {
  local status=0
  "${nextest[@]}" --no-fail-fast --status-level fail -E "package($1)" > "$scratch/nextest" 2>&1 || status=$?
  cat "$scratch/nextest"
  count_nextest "$scratch/nextest"
  sed 's/\x1b\[[0-9;]*m//g' "$scratch/nextest" | grep -E '^ *(FAIL|TIMEOUT|SIGABRT|SIGSEGV) \[' | sort -u >> "$scratch/failures" || true
  return "$status"
}
compile_tests() { "${nextest[@]}" --no-run; passed 1; }

release() { "$scripts/bundle.sh" test > "$scratch/bundle"; passed 1; }
budget() { node "$scripts/wasm-budget.mjs" "$(cat "$scratch/bundle")"; passed 1; }

browser() {
  local bundle status=0
  bundle="$(cat "$scratch/bundle")"
  STEWARD_SERVER_BIN="$bundle/server" STEWARD_SITE_ROOT="$bundle/site" PLAYWRIGHT_JSON_OUTPUT_NAME="$scratch/browser.json" \
    playwright test -c end2end --reporter=list,json || status=$?
  node "$scripts/playwright-count.mjs" "$scratch/browser.json" > "$scratch/counts"
  passed "$(head -n 1 "$scratch/counts" | cut -d' ' -f1)"
  failed "$(head -n 1 "$scratch/counts" | cut -d' ' -f2)"
  tail -n +2 "$scratch/counts" >> "$scratch/failures"
  return "$status"
}

finish() {
  echo
  printf '%s\n' "${summary[@]}"
  if [ -s "$scratch/failures" ]; then echo "These failed:"; cat "$scratch/failures"; fi
  echo "$total_passed passed, $total_failed failed, in $((SECONDS / 60)) min $((SECONDS % 60)) s"
  if [ "$total_failed" = 0 ]; then exit 0; else exit 1; fi
}

part "set-up" set_up
if [ "$went_well" = no ]; then finish; fi
part "formatting" formatting
part "dependency rules" dependency_rules
part "layers" counting_ok "$scripts/check-layers.sh"
part "unused dependencies" unused_dependencies

part "test database" database
if [ "$went_well" = yes ]; then
  part "migrations and committed query data" query_data
  database_exports="$(cat "$scratch/exports")"
else
  database_exports=""
fi

part "clippy" counting_ok "$scripts/clippy.sh"
part "test build" compile_tests
if [ "$went_well" = yes ] && [ -n "$database_exports" ]; then
  eval "$database_exports"
  part "unit tests: domain" tests_of domain
  part "unit tests: ui" tests_of ui
  part "unit tests: app" tests_of app
  part "database tests: backend" tests_of backend
  part "HTTP tests: server" tests_of server
else
  not_run "unit, database and HTTP tests"
fi

part "release build" release
built="$went_well"
if [ "$built" = yes ]; then part "wasm budget" budget; else not_run "wasm budget"; fi
if [ "$built" = yes ] && [ -n "$database_exports" ]; then part "browser tests" browser; else not_run "browser tests"; fi
finish
