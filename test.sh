#!/usr/bin/env bash
# Everything that must hold before a change goes in. Runs from any directory, asks nothing, and stops at the first thing that is wrong.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null

say() { printf '\n==> %s\n' "$*"; }
fail() { printf '\ntest.sh: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# as_root COMMAND...: runs it as root, without ever asking for a password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# need_command COMMAND PACKAGE...: installs the Debian packages when the command is missing.
need_command() {
    local command=$1
    shift
    if has "$command"; then return; fi
    say "$command is missing; installing $*"
    has apt-get || fail "$command is missing and there is no apt-get here; install it and run again"
    as_root apt-get update -q || fail "could not update the list of packages to install $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" || fail "could not install $*"
    has "$command" || fail "$command is still missing after installing $*"
}

# need_component SUBCOMMAND COMPONENT: adds the part of the Rust toolchain when cargo lacks it.
need_component() {
    if cargo "$1" --version >/dev/null 2>&1; then return; fi
    say "cargo $1 is missing; adding $2"
    has rustup || fail "cargo $1 is missing and there is no rustup here; install $2 and run again"
    rustup component add "$2" || fail "could not add $2"
    cargo "$1" --version >/dev/null 2>&1 || fail "cargo $1 is still missing after adding $2"
}

prepare_rust() {
    say "Rust: the toolchain, rustfmt and clippy"
    if ! has cargo && [ -x "${HOME:-}/.cargo/bin/cargo" ]; then PATH="$HOME/.cargo/bin:$PATH"; fi
    has cargo || fail "cargo is missing; install Rust 1.95 or later from https://rustup.rs and run again"
    need_command cc gcc libc6-dev # SQLite is compiled in
    need_component fmt rustfmt
    need_component clippy clippy
    cargo --version
}

check_format() {
    say "format: cargo fmt --all --check"
    cargo fmt --all --check
}

check_lints() {
    say "lints: cargo clippy --workspace --all-targets --locked -- -D warnings"
    cargo clippy --workspace --all-targets --locked -- -D warnings
}

check_tests() {
    say "tests: cargo test --workspace --locked"
    cargo test --workspace --locked
}

check_dependencies() {
    say "dependencies: cargo deny --offline check licenses bans sources"
    if ! cargo deny --version >/dev/null 2>&1; then
        echo "cargo deny was NOT run: cargo-deny is not installed"
        return
    fi
    # cargo deny looks at every platform, so it needs crates that the build here does not.
    if ! cargo fetch --locked; then
        echo "cargo deny was NOT run: the crates for other platforms could not be fetched"
        return
    fi
    cargo deny --offline check licenses bans sources
}

prepare_rust
check_format
check_lints
check_tests
check_dependencies
say "test.sh: done, nothing failed"
