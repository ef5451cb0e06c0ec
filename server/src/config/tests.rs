//! The layers together: what counts, what is refused, and what the operator reads.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use super::explain::table;
use super::keys::KEYS;
use super::*;
use crate::http::{LimitSettings, Rate};
use rollcall_core::directory::DatabaseUrl;

/// Settings from a file's text and an environment, as `rollcall.toml` in a directory that the test throws away.
fn load(file: &str, environment: &[(&str, &str)], flags: Flags) -> Result<Settings, String> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("rollcall.toml");
    std::fs::write(&path, file).unwrap();
    let environment = environment.iter().map(|(name, text)| (OsString::from(name), OsString::from(text))).collect();
    let loaded = Settings::load(&Inputs { file: Some(path), environment, flags });
    loaded.map_err(|error| error.to_string().replace(&format!("{}/", directory.path().display()), ""))
}

fn refusal(file: &str, environment: &[(&str, &str)]) -> String {
    load(file, environment, Flags::default()).unwrap_err()
}

fn setting(settings: &Settings, name: &str) -> Setting {
    settings.explain().into_iter().find(|setting| setting.name == name).unwrap()
}

#[test]
fn without_any_input_the_defaults_count_and_say_so() {
    let settings = Settings::load(&Inputs::default()).unwrap();

    let limits = LimitSettings { rates: settings.http.limits.rates.clone(), ..LimitSettings::default() };
    assert_eq!(settings.http, HttpSettings { limits, ..HttpSettings::default() });
    assert_eq!(settings.database.url.to_string(), "sqlite:rollcall.db");
    assert!(settings.explain().iter().all(|setting| setting.source == Source::Default));
}

#[test]
fn a_file_counts_more_than_the_defaults() {
    let settings = load("[http]\nlisten = \"[::1]:9000\"\n", &[], Flags::default()).unwrap();

    assert_eq!(settings.http.listen.to_string(), "[::1]:9000");
    assert!(matches!(setting(&settings, "http.listen").source, Source::File { line: 2, .. }));
    assert_eq!(setting(&settings, "http.public_url").source, Source::Default);
}

#[test]
fn the_environment_counts_more_than_a_file() {
    let settings = load("[http]\nlisten = \"[::1]:9000\"", &[("ROLLCALL_HTTP_LISTEN", "127.0.0.1:9001")], Flags::default()).unwrap();

    assert_eq!(settings.http.listen.port(), 9001);
    assert_eq!(setting(&settings, "http.listen").source, Source::Environment("ROLLCALL_HTTP_LISTEN".into()));
}

#[test]
fn a_flag_counts_more_than_the_environment() {
    let flags = Flags { listen: Some("127.0.0.1:9002".into()), database: Some("sqlite:/srv/people.db".into()), ..Flags::default() };
    let environment = [("ROLLCALL_HTTP_LISTEN", "127.0.0.1:9001"), ("ROLLCALL_DATABASE_URL", "sqlite:other.db")];

    let settings = load("", &environment, flags).unwrap();

    assert_eq!(settings.http.listen.port(), 9002);
    assert_eq!(settings.database.url.to_string(), "sqlite:/srv/people.db");
    assert_eq!(setting(&settings, "database.url").source, Source::Flag("--database"));
}

#[test]
fn the_environment_can_say_every_kind_of_value() {
    let environment = [
        ("ROLLCALL_HTTP_TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
        ("ROLLCALL_HTTP_MAX_CONNECTIONS", "7"),
        ("ROLLCALL_LIMITS_VENDOR_RATES", "false"),
        ("ROLLCALL_LOG_FORMAT", "json"),
        ("HOME", "/root"),
    ];

    let settings = load("", &environment, Flags::default()).unwrap();

    assert_eq!(settings.http.trusted_proxies.len(), 2);
    assert_eq!(settings.http.max_connections, 7);
    assert!(!settings.http.limits.vendor_rates);
    assert_eq!(settings.log.format, log::LogFormat::Json);
    assert_eq!(setting(&settings, "http.trusted_proxies").value, r#"["10.0.0.0/8", "::1"]"#);
}

#[test]
fn a_rate_is_a_number_and_a_time_or_off() {
    let file = "[limits]\nproofhub_rate = \"100/1m\"\nwethod_rate = \"off\"\n24sevenoffice_rate = \"1/1h\"";

    let rates = load(file, &[("ROLLCALL_LIMITS_RISK_MANAGER_RATE", "7/2s")], Flags::default()).unwrap().http.limits.rates;

    let rate = |requests, seconds| Some(Rate::new(requests, Duration::from_secs(seconds)));
    let own = [("proofhub", rate(100, 60)), ("wethod", None), ("24sevenoffice", rate(1, 3600)), ("risk-manager", rate(7, 2))];
    let expected = [own.as_slice(), &[("scim", None)]].concat();
    assert_eq!(rates, expected.into_iter().map(|(api, rate)| (api.to_owned(), rate)).collect());
}

#[test]
fn what_kubernetes_says_about_a_service_of_this_name_is_passed_over() {
    let environment = [("ROLLCALL_SERVICE_HOST", "10.0.0.1"), ("ROLLCALL_PORT", "tcp://10.0.0.1:80"), ("ROLLCALL_PORT_80_TCP", "tcp://…")];

    assert!(load("", &environment, Flags::default()).is_ok());
}

#[test]
fn an_unknown_setting_is_refused_with_its_line_and_its_neighbours() {
    assert_eq!(
        refusal("[log]\nlevel = \"warn\"\nfromat = \"json\"\n", &[]),
        "rollcall.toml, line 3: unknown setting log.fromat; [log] has level, format"
    );
    assert_eq!(
        refusal("\n[htpp]\nlisten = \"x\"", &[]),
        "rollcall.toml, line 2: unknown section [htpp]; the sections are http, database, limits, sign_in, log"
    );
    assert_eq!(refusal("listen = \"127.0.0.1:1\"", &[]), "rollcall.toml, line 1: listen must stand in a section, such as [http]");
}

#[test]
fn an_unknown_variable_is_refused_by_name() {
    let refusal = refusal("", &[("ROLLCALL_HTTP_LISTNE", "127.0.0.1:1")]);

    assert!(refusal.starts_with("unknown environment variable ROLLCALL_HTTP_LISTNE; the settings are ROLLCALL_HTTP_LISTEN, "), "{refusal}");
}

#[test]
fn a_file_that_is_not_toml_is_refused_with_its_line() {
    let refusal = refusal("[http]\nlisten = \n", &[]);

    assert!(refusal.starts_with("rollcall.toml, line 2: "), "{refusal}");
}

#[test]
fn a_file_that_is_not_there_is_refused_by_name() {
    let inputs = Inputs { file: Some(PathBuf::from("missing.toml")), ..Inputs::default() };

    assert_eq!(Settings::load(&inputs).unwrap_err().to_string(), "could not read the configuration file missing.toml");
}

#[test]
fn a_bad_value_is_refused_with_its_setting_reason_and_place() {
    assert_eq!(
        refusal("[http]\n\nmax_connections = 0", &[]),
        "http.max_connections must be from 1 to 1000000, but is 0 (from rollcall.toml, line 3)"
    );
    assert_eq!(
        refusal("[http]\ntrusted_proxies = [\"proxy\"]", &[]),
        "http.trusted_proxies has \"proxy\", where each item must be an IP address, or a block of them such as 10.0.0.0/8 or fd00::/8 \
         (from rollcall.toml, line 2)"
    );
    assert_eq!(
        refusal("[http]\npublic_url = \"https://h?x\"", &[]),
        "http.public_url must have no query and no fragment (from rollcall.toml, line 2)"
    );
    assert_eq!(
        refusal("[limits]\nproofhub_rate = \"25 in 10s\"", &[]),
        "limits.proofhub_rate must be a number of requests from 1 to 1000000 and a time up to a day, such as 25/10s, 100/1m or 5000/1h, \
         or off (from rollcall.toml, line 2)"
    );
    assert_eq!(refusal("[limits]\nvendor_rates = \"no\"", &[]), "limits.vendor_rates must be true or false (from rollcall.toml, line 2)");
    assert_eq!(
        refusal("", &[("ROLLCALL_HTTP_LISTEN", "localhost")]),
        "http.listen must be an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080 (from environment variable ROLLCALL_HTTP_LISTEN)"
    );
}

#[test]
fn a_value_of_the_wrong_kind_is_refused_in_every_layer() {
    for file in ["[http]\nlisten = 8080", "[http]\nmax_connections = -1", "[http]\ntrusted_proxies = [1]", "[http.listen]\nport = 1"] {
        assert!(refusal(file, &[]).contains("must be"), "{file}");
    }
    for name in
        ["ROLLCALL_HTTP_BODY_BYTES_MAX", "ROLLCALL_HTTP_HEADER_TIMEOUT_SECONDS", "ROLLCALL_LIMITS_VENDOR_RATES", "ROLLCALL_LOG_LEVEL"]
    {
        assert!(refusal("", &[(name, "much")]).ends_with(&format!("(from environment variable {name})")), "{name}");
    }
}

#[test]
fn a_bad_database_url_is_refused_in_a_sentence_without_its_password() {
    assert_eq!(
        refusal("", &[("ROLLCALL_DATABASE_URL", "postgresql://ana:geheim@db/people?sslmode=allow")]),
        "database.url has the parameter sslmode, which must be disable, prefer, require or verify-full \
         (from environment variable ROLLCALL_DATABASE_URL)"
    );
    assert_eq!(
        refusal("[database]\nurl = \"postgres://ana:geheim@db\"", &[]),
        "database.url must name a database after the host, as in postgres://user@host/rollcall (from rollcall.toml, line 2)"
    );
}

#[test]
fn replicas_are_parted_by_spaces_in_the_environment_and_replaced_by_flags() {
    let environment = [("ROLLCALL_DATABASE_URL", "postgres://a,b/x"), ("ROLLCALL_DATABASE_REPLICAS", " postgres://c,d/x  postgres://e/x ")];
    let shown = |flags: Flags| load("", &environment, flags).unwrap().database.replicas.iter().map(ToString::to_string).collect::<Vec<_>>();

    assert_eq!(shown(Flags::default()), ["postgres://c,d/x", "postgres://e/x"]);
    assert_eq!(shown(Flags { replicas: vec!["postgres://f/x".into()], ..Flags::default() }), ["postgres://f/x"]);
}

#[test]
fn replicas_are_those_of_postgresql() {
    assert_eq!(
        refusal("[database]\nreplicas = [\"postgres://c/x\"]", &[]),
        "database.replicas needs a PostgreSQL URL in database.url (from rollcall.toml, line 2)"
    );
    assert_eq!(
        refusal("[database]\nreplicas = [\"sqlite:a.db\"]", &[]),
        "database.replicas must be PostgreSQL URLs (from rollcall.toml, line 2)"
    );
}

#[test]
fn a_server_has_limits_that_commands_do_not_have() {
    let file = "[database]\nurl = \"postgres://a/x\"\nreplicas = [\"postgres://b/x\"]\nconnections = 7\nstatement_timeout_seconds = 5";

    let database = load(file, &[], Flags::default()).unwrap().database;

    let (server, command) = (database.for_a_server(), database.for_a_command());
    assert_eq!((server.connections, server.replicas.len()), (7, 1));
    assert_eq!((server.statement_timeout, server.start_wait), (Some(Duration::from_secs(5)), Duration::from_secs(300)));
    assert_eq!((command.connections, command.replicas.len()), (7, 0));
    assert_eq!((command.statement_timeout, command.start_wait), (None, Duration::from_secs(10)));
}

#[test]
fn a_statement_timeout_of_nothing_is_none() {
    let settings = load("[database]\nstatement_timeout_seconds = 0\nstart_wait_seconds = 0", &[], Flags::default()).unwrap();

    let server = settings.database.for_a_server();
    assert_eq!((server.statement_timeout, server.start_wait), (None, Duration::ZERO));
}

#[test]
fn the_password_of_the_environment_is_for_urls_without_one() {
    let url =
        |text: &str| load(&format!("[database]\nurl = \"{text}\""), &[("PGPASSWORD", "geheim")], Flags::default()).unwrap().database.url;

    assert_eq!(url("postgres://ana@db/x"), DatabaseUrl::parse("postgres://ana@db/x").unwrap().with_default_password("geheim"));
    assert_eq!(url("postgres://ana:own@db/x"), DatabaseUrl::parse("postgres://ana:own@db/x").unwrap());
}

#[test]
fn passwords_are_masked_in_the_table_and_for_whoever_debugs() {
    let environment = [("ROLLCALL_DATABASE_URL", "postgres://ana:geheim@a/x"), ("PGPASSWORD", "geheim")];
    let flags = Flags { replicas: vec!["postgres://ana:geheim@b/x".into()], ..Flags::default() };
    let inputs = Inputs { flags, environment: environment.map(|(name, text)| (name.into(), text.into())).into(), file: None };

    let settings = Settings::load(&inputs).unwrap();

    assert_eq!(setting(&settings, "database.url").value, r#""postgres://ana:***@a/x""#);
    assert_eq!(setting(&settings, "database.replicas").value, r#"["postgres://ana:***@b/x"]"#);
    for text in [format!("{inputs:?}"), format!("{settings:?}"), table(&settings.explain())] {
        assert!(text.contains("ana") && !text.contains("geheim"), "{text}");
    }
}

#[test]
fn the_table_has_a_line_for_every_setting_in_order() {
    let settings = load("", &[("ROLLCALL_LOG_LEVEL", "debug")], Flags::default()).unwrap();

    let table = table(&settings.explain());

    let first: Vec<&str> = table.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(first, KEYS.iter().map(|key| key.name).collect::<Vec<_>>());
    assert!(
        table.contains("\nlog.level                           \"debug\"               environment variable ROLLCALL_LOG_LEVEL\n"),
        "{table}"
    );
}

#[test]
fn the_default_file_has_every_setting_in_order_each_below_a_comment() {
    let mut section = "";
    let mut previous = "";
    let mut found = Vec::new();
    for line in DEFAULTS.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            assert!(previous.starts_with("# "), "{section}.{name} has no comment above it");
            found.push(format!("{section}.{name}"));
        }
        previous = line;
    }

    assert_eq!(found, KEYS.iter().map(|key| key.name).collect::<Vec<_>>());
}

#[test]
fn the_manual_names_every_setting_its_variable_and_its_default() {
    let manual = include_str!("../../../docs/configuration.md");
    let settings = Settings::load(&Inputs::default()).unwrap();

    for (key, setting) in KEYS.iter().zip(settings.explain()) {
        let row = format!("| `{}` | `{}` | `{}` |", key.name, setting.value, key.variable());
        assert!(manual.contains(&row), "docs/configuration.md lacks {row}");
    }
}
