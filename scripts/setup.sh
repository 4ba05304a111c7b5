#!/usr/bin/env bash
# Installs what is missing, and only that. Safe to run again; the second run takes a second.
# Usage: scripts/setup.sh [run|test]   (`test` adds the tools that only the checks need)
source "$(dirname "$0")/env.sh"
purpose="${1:-run}"

CARGO_LEPTOS_VERSION=0.3.10   # 0.3.11 needs rustc 1.96
WASM_BINDGEN_VERSION=0.2.130  # must equal the wasm-bindgen crate in Cargo.toml
SQLX_CLI_VERSION=0.9.0        # must equal the sqlx crate in Cargo.toml
CARGO_DENY_VERSION=0.20.2
CARGO_MACHETE_VERSION=0.9.2
CARGO_NEXTEST_VERSION=0.9.143
LOCALSTRIPE_VERSION=1.15.10

# Without our lock (8): a service that a package starts would hold it for ever.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@" 8>&-; return; fi
  command -v sudo >/dev/null 2>&1 || die "this needs root and there is no sudo: $*"
  sudo "$@" 8>&-
}

# Debian packages, only when `command` (or file) $1 is absent.
debian_package() {
  local probe="$1"; shift
  if command -v "$probe" >/dev/null 2>&1 || [ -e "$probe" ]; then return; fi
  command -v apt-get >/dev/null 2>&1 || die "'$probe' is missing. Install it (Debian package: $*) and start again."
  say "Installing $*"
  as_root apt-get -qq update >&2 || say "the package lists could not be refreshed; trying with the old ones"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >&2 ||
    die "could not install $*"
}

# A cargo tool of an exact version. Optimising a tool that runs for seconds costs minutes, so we do not.
cargo_tool() {
  local crate="$1" version="$2"; shift 2
  local stamp="$STEWARD_TOOLS/.$crate-$version"
  if [ -e "$stamp" ]; then return; fi
  say "Building $crate $version (once per machine)"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_TARGET_DIR="$STEWARD_CACHE/tool-build" \
    cargo install "$crate" --version "$version" --root "$STEWARD_TOOLS" --force --quiet "$@" ||
    die "could not build $crate $version"
  rm -rf "$STEWARD_CACHE/tool-build"
  touch "$stamp"
}

wasm_target() {
  local sysroot; sysroot="$(rustc --print sysroot)"
  if [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib" ]; then return; fi
  say "Adding the wasm32 target"
  if command -v rustup >/dev/null 2>&1 && timeout 120 rustup target add wasm32-unknown-unknown >/dev/null 2>&1; then return; fi
  say "rustup cannot download here; building the wasm32 standard library from Debian's source of it"
  "$STEWARD_ROOT/scripts/wasm-std-from-source.sh" || die \
    "the wasm32-unknown-unknown target is missing and could not be built. Run 'rustup target add wasm32-unknown-unknown' on a machine with network access to it."
}

npm_packages() {
  local installed="$STEWARD_ROOT/node_modules/.package-lock.json"
  if [ -e "$installed" ] && [ ! "$STEWARD_ROOT/package-lock.json" -nt "$installed" ]; then return; fi
  say "Installing npm packages"
  # Not `npm ci`: it insists on the packages of every other platform, which a lock file written where the registry offers only
  # this one's cannot name. All direct versions are exact, and --no-save leaves the lock file as it is.
  (cd "$STEWARD_ROOT" && npm install --no-save --no-audit --no-fund --loglevel=error >&2 &&
    # cargo-leptos takes what is in this folder, whatever PATH says.
    ln -sf ../../scripts/tools/wasm-opt node_modules/.bin/wasm-opt && touch node_modules/.package-lock.json)
}

# The double of Stripe that the adapter's tests speak to: a program of its own, in a folder of its own.
stripe_double() {
  local home="$STEWARD_TOOLS/localstripe" stamp="$STEWARD_TOOLS/.localstripe-$LOCALSTRIPE_VERSION"
  if [ -e "$stamp" ]; then return; fi
  if ! python3 -c 'import ensurepip, venv' >/dev/null 2>&1; then debian_package python3-venv python3-venv; fi
  say "Installing localstripe $LOCALSTRIPE_VERSION"
  rm -rf "$home"
  if ! python3 -m venv "$home" ||
    ! "$home/bin/pip" install --quiet --disable-pip-version-check "localstripe==$LOCALSTRIPE_VERSION" >&2; then
    die "could not install localstripe $LOCALSTRIPE_VERSION"
  fi
  ln -sf ../localstripe/bin/localstripe "$STEWARD_TOOLS/bin/localstripe"
  touch "$stamp"
}

# Debian's where there is one (it comes with its libraries), else the one that Playwright fetches.
browser() {
  if [ -x /usr/bin/chromium-headless-shell ]; then return; fi
  if command -v apt-get >/dev/null 2>&1; then
    # The one without windows is not packaged everywhere.
    (debian_package /usr/bin/chromium-headless-shell chromium-headless-shell) || debian_package chromium chromium
    return
  fi
  (cd "$STEWARD_ROOT" && npx playwright install chromium >&2) || die "no Chromium for the browser tests"
}

command -v cargo >/dev/null 2>&1 || die "Rust is missing: install rustup, then start again."
command -v npm >/dev/null 2>&1 || die "npm is missing: install Node.js 20 or newer, then start again."
[ "$(node --print 'process.versions.node.split(".")[0] >= 20')" = true ] || die "Node.js is too old: 20 or newer is needed."
debian_package cc gcc libc6-dev
# Two runs on one machine (two clones, say) must not build the same tool into the same folder at once.
exec 8>"$STEWARD_CACHE/setup.lock"
flock 8

wasm_target
npm_packages
# Its published lock file names a crate version that registries no longer offer, so this one resolves freely.
cargo_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION"
cargo_tool cargo-leptos "$CARGO_LEPTOS_VERSION" --locked --features no_downloads
if [ -z "${DATABASE_URL:-}" ] || [ "$purpose" = test ]; then debian_package /usr/lib/postgresql postgresql; fi

if [ "$purpose" = test ]; then
  cargo_tool sqlx-cli "$SQLX_CLI_VERSION" --no-default-features --features postgres,rustls
  cargo_tool cargo-deny "$CARGO_DENY_VERSION" --locked
  cargo_tool cargo-machete "$CARGO_MACHETE_VERSION" --locked
  command -v cargo-nextest >/dev/null 2>&1 || cargo_tool cargo-nextest "$CARGO_NEXTEST_VERSION" --locked
  debian_package shellcheck shellcheck
  debian_package pdftotext poppler-utils # the tests read our PDF files with it
  stripe_double
  browser
fi
