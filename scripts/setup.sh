#!/usr/bin/env bash
# Installs what is missing, and only that. Safe to run again; the second run takes a second.
# Usage: scripts/setup.sh [run|test]   (`test` adds the tools that only the checks need)
source "$(dirname "$0")/env.sh"
purpose="${1:-run}"

CARGO_LEPTOS_VERSION=0.3.10   # 0.3.11 needs rustc 1.96
WASM_BINDGEN_VERSION=0.2.130  # must equal the wasm-bindgen crate in Cargo.toml
SQLX_CLI_VERSION=0.9.0
CARGO_DENY_VERSION=0.20.2
CARGO_MACHETE_VERSION=0.9.2
CARGO_NEXTEST_VERSION=0.9.151

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Debian packages, only when `command` (or file) $1 is absent.
debian_package() {
  local probe="$1"; shift
  { command -v "$probe" >/dev/null 2>&1 || [ -e "$probe" ]; } && return
  command -v apt-get >/dev/null 2>&1 || die "'$probe' is missing. Install it (Debian package: $*) and start again."
  say "Installing $*"
  as_root apt-get -qq update >&2
  DEBIAN_FRONTEND=noninteractive as_root apt-get -qq install -y --no-install-recommends "$@" >&2
}

# A cargo tool of an exact version. Optimising a tool that runs for seconds costs minutes, so we do not.
cargo_tool() {
  local crate="$1" version="$2"; shift 2
  local stamp="$STEWARD_TOOLS/.$crate-$version"
  [ -e "$stamp" ] && return
  say "Building $crate $version (once per machine)"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_TARGET_DIR="$STEWARD_CACHE/tool-build" \
    cargo install "$crate" --version "$version" --root "$STEWARD_TOOLS" --force --quiet "$@"
  rm -rf "$STEWARD_CACHE/tool-build"
  touch "$stamp"
}

wasm_target() {
  local sysroot; sysroot="$(rustc --print sysroot)"
  [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib" ] && return
  say "Adding the wasm32 target"
  if command -v rustup >/dev/null 2>&1 && timeout 120 rustup target add wasm32-unknown-unknown >/dev/null 2>&1; then return; fi
  say "rustup cannot download here; building the wasm32 standard library from Debian's source of it"
  "$STEWARD_ROOT/scripts/wasm-std-from-source.sh" || die \
    "the wasm32-unknown-unknown target is missing and could not be built. Run 'rustup target add wasm32-unknown-unknown' on a machine with network access to it."
}

command -v cargo >/dev/null 2>&1 || die "Rust is missing: install rustup, then start again."
command -v npm >/dev/null 2>&1 || die "npm is missing: install Node.js 20 or newer, then start again."
debian_package cc gcc libc6-dev

wasm_target
if [ ! -e "$STEWARD_ROOT/node_modules/.package-lock.json" ] || \
   [ "$STEWARD_ROOT/package-lock.json" -nt "$STEWARD_ROOT/node_modules/.package-lock.json" ]; then
  say "Installing npm packages"
  (cd "$STEWARD_ROOT" && npm ci --no-audit --no-fund --loglevel=error >&2 && touch node_modules/.package-lock.json)
fi
# Its published lock file names a crate version that registries no longer offer, so this one resolves freely.
cargo_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION"
cargo_tool cargo-leptos "$CARGO_LEPTOS_VERSION" --locked --features no_downloads
if [ -z "${DATABASE_URL:-}" ] || [ "$purpose" = test ]; then debian_package /usr/lib/postgresql postgresql; fi

if [ "$purpose" = test ]; then
  cargo_tool sqlx-cli "$SQLX_CLI_VERSION" --no-default-features --features postgres,rustls
  cargo_tool cargo-deny "$CARGO_DENY_VERSION" --locked
  cargo_tool cargo-machete "$CARGO_MACHETE_VERSION" --locked
  command -v cargo-nextest >/dev/null 2>&1 || cargo_tool cargo-nextest "$CARGO_NEXTEST_VERSION" --locked
  debian_package chromium chromium
  debian_package brotli brotli
fi
