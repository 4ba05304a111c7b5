#!/usr/bin/env bash
# Clippy over every crate for the target it runs on, warnings denied. `frontend` is never built together with the rest: that
# would switch the features `ssr` and `hydrate` on in one build.
source "$(dirname "$0")/env.sh"
use_cargo
# One call for all native crates, so that they share one set of features and nothing is compiled twice.
cargo clippy -p domain -p ui -p app -p backend -p server --features ui/ssr,app/ssr --all-targets -- -D warnings
echo "ok: native"
cargo clippy -p server --features test-clock --all-targets -- -D warnings
echo "ok: native with the movable clock"
# On its own, where no other crate lends it a feature.
cargo clippy -p domain --all-targets -- -D warnings
echo "ok: domain alone"
cargo clippy -p frontend --target wasm32-unknown-unknown -- -D warnings
echo "ok: browser"
