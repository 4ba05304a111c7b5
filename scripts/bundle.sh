#!/usr/bin/env bash
# Builds the release: one folder with the server, hash.txt and the site beside it, ready to be served or copied elsewhere.
# Prints the folder. Does nothing when nothing has changed since the last time.
# Usage: scripts/bundle.sh run|test   (`test` lets a test move the clock; never deploy that one)
source "$(dirname "$0")/env.sh"
kind="${1:-run}" options=()
case "$kind" in
  run) ;;
  test) options=(--bin-features test-clock) ;;
  *) die "usage: scripts/bundle.sh run|test" ;;
esac
cd "$STEWARD_ROOT"
folder="$STEWARD_ROOT/target/bundle-$kind"
inputs=(app server frontend style migrations .sqlx .cargo Cargo.toml Cargo.lock package-lock.json scripts/setup.sh scripts/bundle.sh scripts/tools scripts/pack-pieces.mjs)

# cargo-leptos would run wasm-bindgen, wasm-opt and the compression again each time, so ask the file times ourselves.
unchanged() {
  local input
  [ -e "$folder/built" ] || return
  for input in "${inputs[@]}"; do
    [ ! -e "$input" ] || [ -z "$(find "$input" -newer "$folder/built" -print -quit)" ] || return
  done
}

build() {
  export CARGO_TARGET_DIR="$STEWARD_CACHE/target-leptos" LEPTOS_SITE_ROOT="$folder/site" LEPTOS_HASH_FILES=true SQLX_OFFLINE=true
  mkdir -p "$CARGO_TARGET_DIR"
  # The finished program lies in a folder that all clones share: nobody else may build before it has been copied.
  exec 9>"$CARGO_TARGET_DIR/bundle.lock"
  flock 9
  claim_target "$CARGO_TARGET_DIR"
  rm -rf "$folder" && mkdir -p "$folder"
  touch "$folder/started" # a file saved while the build runs counts as changed
  cargo leptos build --release --split --precompress "${options[@]}" >&2
  cp "$CARGO_TARGET_DIR/release/server" "$CARGO_TARGET_DIR/release/hash.txt" "$folder/"
  flock -u 9
  node scripts/pack-pieces.mjs "$folder" >&2
  mv "$folder/started" "$folder/built"
}

if ! unchanged; then say "Building the release ($kind)"; build; fi
echo "$folder"
