# shellcheck shell=bash
# Sourced by every script: where things live. Nothing here downloads or builds.
set -euo pipefail

STEWARD_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# Tools and build results are kept outside the checkout, so that a second clone on the same machine is warm.
STEWARD_CACHE="${STEWARD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/steward}"
STEWARD_TOOLS="$STEWARD_CACHE/tools"
mkdir -p "$STEWARD_TOOLS/bin"

# cargo-leptos takes the first tailwindcss, wasm-opt and wasm-bindgen on PATH and checks no version: ours come first.
export PATH="$STEWARD_ROOT/node_modules/.bin:$STEWARD_TOOLS/bin:$PATH"

say() { printf '\033[1m» %s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
