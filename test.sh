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

# need WHAT CHECK PACKAGE...: installs the Debian packages when the check fails.
need() {
    local what=$1 check=$2
    shift 2
    if "$check"; then return; fi
    say "$what is missing; installing $*"
    has apt-get || fail "$what is missing and there is no apt-get here; install it and run again"
    as_root apt-get update -q || fail "could not update the list of packages to install $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" || fail "could not install $*"
    "$check" || fail "$what is still missing after installing $*"
}

has_c_compiler() { has cc; }
has_python() { python3 -c 'import ensurepip, venv' 2>/dev/null; }

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
    need "a C compiler" has_c_compiler gcc libc6-dev # SQLite is compiled in
    need_component fmt rustfmt
    need_component clippy clippy
    cargo --version
}

# The published clients and testers that tests/it/clients runs, in a Python of their own. Made once, and anew when the list of them changes.
prepare_clients() {
    local wanted=server/tests/clients/requirements.txt made=target/clients
    say "clients: the Python packages of $wanted, in $made"
    if cmp -s "$wanted" "$made/requirements.txt" && "$made/bin/python" -c 'import py24so, scim2_cli, scim2_tester, scim_sanity' 2>/dev/null; then
        echo "they are there already"
        return
    fi
    need "Python 3 with venv" has_python python3 python3-venv
    rm -rf "$made"
    python3 -m venv "$made" || fail "could not make a Python of its own in $made"
    "$made/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$wanted" || fail "could not install $wanted"
    cp "$wanted" "$made/requirements.txt" # last: only a whole installation counts
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
prepare_clients
check_format
check_lints
check_tests
check_dependencies
say "test.sh: done, nothing failed"
