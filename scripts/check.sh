#!/usr/bin/env bash
# `make check`: what is worth running before every commit; a minute when the cache is warm. `make test` runs all of it again.
source "$(dirname "$0")/env.sh"
use_cargo
cargo fmt --all --check
"$STEWARD_ROOT/scripts/check-layers.sh"
"$STEWARD_ROOT/scripts/clippy.sh"
