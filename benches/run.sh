#!/usr/bin/env bash
# Measures Rollcall on this machine. See `benches/run.sh --help` and docs/performance.md. Everything of a run is in one temporary folder.
# ROLLCALL=PROGRAM measures that program and does not build one.
set -euo pipefail
benches=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$benches")

fail() { printf 'run.sh: %s\n' "$*" >&2; exit 1; }
for program in cargo wrk taskset setpriv; do
    command -v "$program" >/dev/null || fail "$program is missing; wrk is the Debian package of that name, taskset and setpriv are in util-linux"
done

target=${CARGO_TARGET_DIR:-$root/target}
if [ -z "${ROLLCALL:-}" ]; then
    cargo build --release --locked --quiet --target-dir "$target" --manifest-path "$root/Cargo.toml" --package rollcall
    ROLLCALL=$target/release/rollcall
fi
cargo build --release --locked --quiet --target-dir "$target" --manifest-path "$benches/Cargo.toml"

folder=$(mktemp -d "${TMPDIR:-/tmp}/rollcall-benches.XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
TMPDIR=$folder "$target/release/bench" --rollcall "$ROLLCALL" --programs "$target/release" "$@"
