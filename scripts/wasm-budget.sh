#!/usr/bin/env bash
# What a first visit downloads: wasm, its JavaScript and the style sheet, as compressed by the build. Fails above the budget.
# Usage: scripts/wasm-budget.sh BUNDLE_FOLDER
source "$(dirname "$0")/env.sh"
budget_bytes=450000
total=0
for kind in wasm js css; do
  bytes="$(find "$1/site/pkg" -name "*.$kind.br" -printf '%s\n' | awk '{n += $1} END {print n + 0}')"
  [ "$bytes" -gt 0 ] || die "no compressed .$kind in $1/site/pkg"
  echo "note: $kind $bytes bytes (brotli)"
  total=$((total + bytes))
done
echo "note: together $total of $budget_bytes bytes"
[ "$total" -le "$budget_bytes" ] || die "the browser build is over its budget by $((total - budget_bytes)) bytes"
