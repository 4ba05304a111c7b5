#!/usr/bin/env bash
# The rules of the layers that deny.toml cannot say: whole dependency trees, imports between areas, words that must not be
# committed. Prints one line per rule; ends with 1 when one is broken.
source "$(dirname "$0")/env.sh"
use_cargo
shopt -s lastpipe # `… | rule` runs here and not in a child, so that it can set:
broken=0

# rule NAME, then on standard input what breaks it (nothing: kept).
rule() {
  local findings; findings="$(cat)"
  if [ -z "$findings" ]; then echo "ok: $1"; return; fi
  printf 'broken: %s\n%s\n' "$1" "$findings"
  broken=1
}

# Everything that ends up in a crate, without what only runs at compile time. Fails when cargo does: an empty answer must
# never look like a kept rule.
tree() {
  local all; all="$(cargo tree --locked --prefix none -e normal,no-proc-macro "$@")" || { echo "cargo tree $* failed"; return; }
  awk '{print $1}' <<<"$all" | sort -u
}
named() { grep -xE "cargo tree .*|$1" || true; }
# Lines of Rust files under folder $1 that match $2.
lines() { grep -rnE --include='*.rs' "$2" "$1" || true; }
areas() { find "$1" -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort; }
# Files under folder $1 that import one of $2 within `use crate::{…}`, on whichever line.
nested_uses() {
  find "$1" -name '*.rs' -print0 | while IFS= read -r -d '' file; do
    { tr '\n' ' ' < "$file" | grep -oE 'use crate::\{[^;]*;' || true; } | { grep -oE "[{,] *($2)::[a-z_:]*" || true; } | sed "s#^#$file: #"
  done
}
# The areas of folder $1 but those of pattern $2, as one pattern.
other_areas() { areas "$1" | { grep -vxE "$2" || true; } | paste -sd'|'; }

effects='sqlx.*|axum.*|tokio|tokio-.*|hyper|mio|reqwest|argon2|lettre|rustls|ring|rand|aes-gcm|backend|server|leptos_axum|openssl.*|phonenumber|zxcvbn'
pages='leptos.*|ui|app|frontend'

tree -p frontend --target wasm32-unknown-unknown | named "$effects" | rule "no effects in the browser"
tree -p domain | named "$effects|$pages" | rule "domain knows neither effects nor pages"
tree -p ui --features ssr | named "sqlx.*|axum.*|tokio|reqwest|domain|backend|app|server" | rule "ui knows neither the product nor effects"
tree -p backend | named "axum.*|$pages|server" | rule "backend knows neither HTTP nor pages"
# leptos itself brings the library `regex` (and the linker drops it); what counts is that our pages do not use it.
for crate in app ui frontend; do
  tree -p "$crate" --depth 1 --target wasm32-unknown-unknown | named "regex"
done | rule "no regular expressions in pages"

lines app/domain/src 'Utc::now|Local::now|SystemTime|Instant::now|async fn|\.await\b' | rule "domain has no clock and nothing asynchronous"
lines app/src 'cfg!?\(.*feature' | awk '{line[NR] = $0} END {if (NR > 5) for (n = 1; n <= NR; n++) print line[n]}' | rule "at most five feature switches in app"

for area in $(areas app/src); do
  others="$(other_areas app/src "$area|layout")"
  if [ -n "$others" ]; then
    lines "app/src/$area" "(crate|super::super)::\{?($others)\b"
    nested_uses "app/src/$area" "$others"
  fi
done | { grep -v '^app/src/layout/' || true; } | rule "pages of one area import no page of another"

for area in $(areas server/backend/src); do
  others="$(other_areas server/backend/src "$area")"
  if [ -n "$others" ]; then lines "server/backend/src/$area" "(crate|super)::($others)::(queries|\{[^}]*\bqueries)\b"; fi
done | rule "an area's queries are its own"
lines server/src '\bqueries::|\buse sqlx|\bsqlx::(query|raw_sql|Pg|Pool|Row|Executor)' | rule "server has no SQL"
# Whatever reaches a visitor's data stands in the list that the access table is held against; `/api/…` are the server functions.
lines server/src '\.route(_service)?\("/' | { grep -vE '^server/src/(health|test_clock)\.rs:|"/api/\{\*function\}|"/favicon\.svg"' || true; } |
  rule "no plain route outside its list"

# Doctests are not among the tests that run, so a block that rustdoc would take for one is refused; name its language.
untested_examples() {
  find app server frontend -name '*.rs' -exec awk '
    FNR == 1 { open = 0 }
    /^[ \t]*\/\/[\/!] *```/ { if (!open && $0 ~ /```(rust)?[ \t]*$/) print FILENAME ":" FNR; open = !open }
  ' {} +
}
untested_examples | rule "no untested examples in comments"

text() {
  grep -rnIE "$1" . --exclude-dir={target,node_modules,.git,.data,.cache,test-results,playwright-report} \
    --exclude={.git,Cargo.lock,package-lock.json,check-layers.sh,.env} || true
}
text '\b(TODO|FIXME|XXX)\b' | rule "nothing is left to be done"
text '(^|[^A-Za-z0-9.])/(root|work|tmp/w)/|/home/[a-z]' | rule "no paths of one machine"
text 'https?://[^ ]*(crates\.io|registry\.npmjs|deb\.debian|pypi\.org|/(npm|cargo|debian)/)' | rule "no registry addresses"
exit "$broken"
