#!/usr/bin/env bash
# Counts what each kind of request costs in instructions, by callgrind, and records it in benches/instructions.txt: look at the difference.
# ROLLCALL=PROGRAM counts that program and does not build one.
set -euo pipefail
command -v callgrind_control >/dev/null || { echo "instructions.sh: callgrind is missing; it is in the Debian package valgrind" >&2; exit 1; }
exec "$(dirname "${BASH_SOURCE[0]}")/run.sh" --instructions
