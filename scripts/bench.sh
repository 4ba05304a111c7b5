#!/usr/bin/env bash
# The figures that tests do not judge: run them by hand, on a machine that does nothing else.
source "$(dirname "$0")/env.sh"
use_cargo
scripts="$STEWARD_ROOT/scripts"
cargo bench -p domain --bench permission_check --bench proration --bench slots
was_running=yes
"$scripts/postgres.sh" status test || was_running=no
eval "$("$scripts/postgres.sh" database test steward_bench)"
cargo bench -p backend --bench toggle
if [ "$was_running" = no ]; then "$scripts/postgres.sh" stop test; fi
