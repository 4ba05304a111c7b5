# shellcheck shell=bash
# Sourced by every script: where things live. Nothing here downloads or builds.
set -euo pipefail

STEWARD_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# Tools and build results are kept outside the checkout, so that a second clone on the same machine is warm.
export STEWARD_CACHE="${STEWARD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/steward}"
STEWARD_TOOLS="$STEWARD_CACHE/tools"
mkdir -p "$STEWARD_TOOLS/bin"

# cargo-leptos takes the first tailwindcss, wasm-opt and wasm-bindgen on PATH and checks no version: ours come first.
export PATH="$STEWARD_ROOT/node_modules/.bin:$STEWARD_TOOLS/bin:$PATH"

say() { printf '\033[1m» %s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Cargo tells the packages of a workspace apart by their place in it, and fresh from stale by time: what another checkout built after
# our files were last changed would pass for ours. So ours count as changed once another checkout has used the folder.
claim_target() {
  local owner="$1/checkout"
  mkdir -p "$1"
  if [ "$(cat "$owner" 2>/dev/null)" != "$STEWARD_ROOT" ]; then
    find "$STEWARD_ROOT"/app "$STEWARD_ROOT"/server "$STEWARD_ROOT"/frontend -name '*.rs' -exec touch {} +
    printf %s "$STEWARD_ROOT" > "$owner"
  fi
}

# For scripts that call cargo. Queries are checked against the committed data (.sqlx), not against a database that happens
# to be in the environment; and what is built for tests stays apart from what cargo-leptos builds, as the two use different
# flags and would undo each other's work.
use_cargo() {
  cd "$STEWARD_ROOT" || exit
  export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$STEWARD_CACHE/target}" SQLX_OFFLINE=true
  claim_target "$CARGO_TARGET_DIR"
}
