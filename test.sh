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
has_curl() { has curl; }
has_chromium() { has chromium && has chromedriver; }
has_shellcheck() { has shellcheck; }
has_python() { python3 -c 'import ensurepip, venv' 2>/dev/null; }
has_postgres() { [ -n "$(postgres_programs)" ]; }

# Where the newest PostgreSQL server of this machine has its programs: Debian keeps them off the path.
postgres_programs() {
    local newest
    newest=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
    if [ -x "$newest" ]; then dirname "$newest"; elif has initdb; then dirname "$(command -v initdb)"; fi
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
    # The list is whole: what axe is packed with, and is not used here, stays away.
    "$made/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --requirement "$wanted" || fail "could not install $wanted"
    cp "$wanted" "$made/requirements.txt" # last: only a whole installation counts
}

# The real browser that tests/it/browser drives.
prepare_browser() {
    say "Chromium and its driver"
    need "Chromium with its driver" has_chromium chromium chromium-driver
    chromedriver --version
}

# A PostgreSQL server for these tests alone: in the folder of this run, on a port of its own, gone with them.
prepare_postgres() {
    say "PostgreSQL: a server for these tests, in $folder/postgres"
    if ! has_postgres; then install_postgres; fi
    postgres=$(postgres_programs)
    "$postgres/postgres" --version
    mkdir "$folder/postgres"
    if [ "$(id -u)" -eq 0 ]; then chown "$(owner_of_postgres)" "$folder/postgres"; fi
    # Text is in a human order unless a column says otherwise, as on most servers.
    as_owner "$postgres/initdb" --pgdata="$folder/postgres/data" --username=postgres --auth=trust --encoding=UTF8 \
        --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US --no-sync >"$folder/initdb.log" 2>&1 ||
        fail "PostgreSQL could not be set up: $(cat "$folder/initdb.log")"
    for _ in {1..20}; do
        # Below the ports that systems give to clients, one of which could else take it.
        if start_postgres $((20000 + RANDOM % 10000)); then return; fi
    done
    fail "PostgreSQL did not start: $(cat "$folder/postgres.log")"
}

# Debian starts a server of its own with the package unless it is told not to, and this machine has no use for one.
install_postgres() {
    local told=/etc/postgresql-common/createcluster.d/rollcall-tests.conf
    as_root mkdir -p "${told%/*}"
    echo 'create_main_cluster = false' | as_root tee "$told" >/dev/null
    need "PostgreSQL's server" has_postgres postgresql
    as_root rm -f "$told"
}

# PostgreSQL refuses to be run by root.
owner_of_postgres() { if id -u postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi; }
as_owner() {
    if [ "$(id -u)" -ne 0 ]; then "$@"; return; fi
    local owner
    owner=$(owner_of_postgres)
    setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups -- env LC_ALL=C "$@"
}

# start_postgres PORT: fails where somebody else has the port.
start_postgres() {
    local port=$1
    # What is committed need not outlive the machine: nobody reads it after these tests.
    as_owner "$postgres/pg_ctl" start --pgdata="$folder/postgres/data" --log="$folder/postgres/log" --wait --silent --options="-p $port \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c shared_buffers=256MB -c fsync=off -c full_page_writes=off \
        -c autovacuum=off" >"$folder/postgres.log" 2>&1 || return 1
    export ROLLCALL_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
}

# However this script ends: no server of this run or of its tests goes on, and nothing of it stays.
clean_up() {
    local status=$? file id
    trap - EXIT
    for file in "$folder"/*/data/postmaster.pid; do
        id=$(head -n 1 "$file" 2>/dev/null) || continue
        kill -QUIT "$id" 2>/dev/null || continue
        for _ in {1..100}; do
            kill -0 "$id" 2>/dev/null || break
            sleep 0.1
        done
    done
    rm -rf "$folder"
    exit "$status"
}

# Everything temporary of this run is in one folder, through which whoever runs PostgreSQL may pass.
make_folder() {
    folder=$(mktemp -d "${TMPDIR:-/tmp}/rollcall.XXXXXX")
    chmod 711 "$folder"
    export TMPDIR=$folder
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

check_format() {
    say "format: cargo fmt --all --check"
    cargo fmt --all --check
}

check_lints() {
    say "lints: cargo clippy --workspace --all-targets --locked -- -D warnings"
    cargo clippy --workspace --all-targets --locked -- -D warnings
}

# The tests, with these arguments. One that hangs ends the run while what ran can still be read.
run_tests() {
    timeout --foreground 40m cargo test --workspace --locked "$@" || fail "cargo test $* failed, or took 40 minutes"
}

check_benches() {
    say "benches: format, lints and shellcheck"
    cargo fmt --manifest-path benches/Cargo.toml --check
    cargo clippy --manifest-path benches/Cargo.toml --target-dir target --locked --all-targets -- -D warnings
    need "shellcheck" has_shellcheck shellcheck
    shellcheck test.sh .ci/run benches/*.sh
}

check_tests_on_sqlite() {
    say "tests on SQLite: cargo test --workspace --locked"
    ROLLCALL_TEST_BACKEND=sqlite run_tests
}

# Those that a database takes part in, and those that are about PostgreSQL.
check_tests_on_postgres() {
    say "tests on PostgreSQL, of the store and the directory: cargo test --workspace --locked --lib -- store:: directory:: --include-ignored"
    ROLLCALL_TEST_BACKEND=postgres run_tests --lib -- store:: directory:: --include-ignored
    say "tests on PostgreSQL, from outside: cargo test --workspace --locked --test it -- --include-ignored"
    ROLLCALL_TEST_BACKEND=postgres run_tests --test it -- --include-ignored
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

make_folder
prepare_rust
prepare_clients
prepare_browser
need "curl" has_curl curl
prepare_postgres
check_format
check_lints
check_benches
check_tests_on_sqlite
check_tests_on_postgres
check_dependencies
say "test.sh: done, nothing failed"
