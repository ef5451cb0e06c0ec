use super::*;
use crate::store::backend::postgres::connector::Connector;

fn address(text: &str) -> PostgresAddress {
    PostgresAddress::parse(text).unwrap_or_else(|error| panic!("{text} {error}"))
}

fn refusal(text: &str) -> String {
    PostgresAddress::parse(text).expect_err(text).to_string()
}

fn hosts_of(text: &str) -> Vec<String> {
    address(text).hosts.iter().map(|host| format!("{} {}", host.name, host.port)).collect()
}

#[test]
fn both_schemes_name_a_database_and_who_asks() {
    for text in ["postgres://ana:ge%40heim@db/people", "postgresql://db/people?user=ana&password=ge%40heim"] {
        let config = address(text).config;

        assert_eq!((config.get_user(), config.get_password(), config.get_dbname()), (Some("ana"), Some(&b"ge@heim"[..]), Some("people")));
        assert_eq!(config.get_application_name(), Some("rollcall"));
    }
}

#[test]
fn hosts_are_names_addresses_and_folders() {
    assert_eq!(hosts_of("postgres://db/x"), ["db 5432"]);
    assert_eq!(hosts_of("postgres://a:1,b,[::1]:3,[fd00::7]/x"), ["a 1", "b 5432", "::1 3", "fd00::7 5432"]);
    assert_eq!(hosts_of("postgres://%2Frun%2Fpostgresql:7/x"), ["/run/postgresql 7"]);
    assert_eq!(hosts_of("postgres:///x?host=/run/postgresql"), ["/run/postgresql 5432"]);
    assert_eq!(hosts_of("postgres:///x?host=a,b&port=1,2"), ["a 1", "b 2"]);
    assert_eq!(hosts_of("postgres://a,b/x?port=7"), ["a 7", "b 7"]);
}

#[test]
fn of_several_hosts_the_one_that_takes_writes_is_wanted_and_of_replicas_any() {
    let wanted = |text| {
        let connectors = [Connector::new(&address(text)), Connector::to_a_replica(&address(text))];
        connectors.map(|connector| connector.expect("no files").address().config.get_target_session_attrs())
    };

    assert_eq!(wanted("postgres://a/x"), [TargetSessionAttrs::Any; 2]);
    assert_eq!(wanted("postgres://a,b/x"), [TargetSessionAttrs::ReadWrite, TargetSessionAttrs::Any]);
    assert_eq!(wanted("postgres://a,b/x?target_session_attrs=any"), [TargetSessionAttrs::Any; 2]);
    assert_eq!(wanted("postgres://a/x?target_session_attrs=read-only"), [TargetSessionAttrs::ReadOnly; 2]);
}

#[test]
fn sslmode_says_what_tls_is_asked_for() {
    let security = |parameters: &str| address(&format!("postgres://a/x?{parameters}")).security;
    let file = Roots::File("ca.pem".into());
    let client = Some(ClientCertificate { certificate: "c.pem".into(), key: "k.pem".into() });

    assert_eq!(security(""), Security::Preferred { client: None });
    assert_eq!(security("sslmode=prefer"), Security::Preferred { client: None });
    assert_eq!(security("sslmode=disable"), Security::None);
    assert_eq!(security("sslmode=require&sslcert=c.pem&sslkey=k.pem"), Security::Encrypted { client });
    assert_eq!(security("sslmode=verify-full"), Security::Verified { roots: Roots::System, client: None });
    assert_eq!(security("sslmode=verify-full&sslrootcert=system"), Security::Verified { roots: Roots::System, client: None });
    assert_eq!(security("sslmode=verify-full&sslrootcert=ca.pem"), Security::Verified { roots: file, client: None });
}

#[test]
fn the_session_is_as_the_url_says() {
    let address =
        address("postgres://a/x?connect_timeout=7&application_name=directory&options=-c%20search_path%3Dpeople&channel_binding=require");

    assert_eq!(address.connect_timeout, Duration::from_secs(7));
    assert_eq!(address.config.get_application_name(), Some("directory"));
    assert_eq!(address.config.get_options(), Some("-c search_path=people"));
    assert_eq!(address.config.get_channel_binding(), ChannelBinding::Require);
}

#[test]
fn a_password_from_elsewhere_counts_where_the_url_has_none() {
    let password = |text| address(text).with_default_password("other").config.get_password().map(<[u8]>::to_vec);

    assert_eq!(password("postgres://ana@db/x"), Some(b"other".to_vec()));
    assert_eq!(password("postgres://ana:@db/x"), Some(b"other".to_vec()));
    assert_eq!(password("postgres://ana:own@db/x"), Some(b"own".to_vec()));
}

#[test]
fn what_cannot_be_meant_is_refused_with_its_reason() {
    let known = PARAMETERS.join(", ");
    for (text, reason) in [
        ("postgres:db", "must begin with postgres:// or postgresql://"),
        ("postgres://db", "must name a database after the host, as in postgres://user@host/rollcall"),
        ("postgres://db/", "must name a database after the host, as in postgres://user@host/rollcall"),
        ("postgres://db/a/b", "has a / in the name of the database; write it %2F"),
        (
            "postgres:///x",
            "must name a host, as in postgres://user@host/rollcall, or the folder of a socket, as in postgres:///rollcall?host=/run/postgresql",
        ),
        ("postgres://a,,b/x", "has an empty host"),
        ("postgres://[::1/x", "has a host that cannot be read; an IPv6 address stands in brackets, and a folder has each / written %2F"),
        ("postgres://a/x?host=b", "says the host twice"),
        ("postgres://a:1/x?port=2", "says the port twice"),
        ("postgres://a,b,c/x?port=1,2", "has another number of ports than of hosts"),
        ("postgres://ana@a/x?user=ben", "says the user twice"),
        ("postgres://a/x?sslmode=require&sslmode=require", "says sslmode twice"),
        ("postgres://a/%zz", "has a % that does not begin two hexadecimal digits, or one that makes no text; a % itself is written %25"),
        ("postgres://a/%ff", "has a % that does not begin two hexadecimal digits, or one that makes no text; a % itself is written %25"),
        ("postgres://a/x?sslmode", "has a parameter without ="),
        ("postgres://a/x?sslmode=allow", "has the parameter sslmode, which must be disable, prefer, require or verify-full"),
        ("postgres://a/x?sslmode=verify-ca", "has sslmode=verify-ca; use verify-full, which looks at the name in the certificate too"),
        ("postgres://a/x?sslmode=require&sslrootcert=ca.pem", "has sslrootcert, which only sslmode=verify-full looks at"),
        ("postgres://a/x?sslcert=c.pem", "must have both sslcert and sslkey, or neither"),
        ("postgres://a/x?sslmode=disable&sslcert=c.pem&sslkey=k.pem", "has sslcert together with sslmode=disable"),
        ("postgres://a/x?connect_timeout=0", "has the parameter connect_timeout, which must be a whole number of seconds from 1 to 3600"),
        (
            "postgres://a/x?target_session_attrs=primary",
            "has the parameter target_session_attrs, which must be any, read-write or read-only",
        ),
        ("postgres://a/x?sslmod=require", &format!("has the parameter sslmod, which is not known; there are {known}")),
    ] {
        assert_eq!(refusal(text), reason, "{text}");
    }
}

#[test]
fn no_part_of_a_password_is_said_when_its_signs_are_not_escaped() {
    for text in [
        "postgres://ana:se@cret@db/x",
        "postgres://ana:se/cret@db/x",
        "postgres://ana:1/cret?se=cret@db/x",
        "postgres://ana:se?cret=cret@db/x",
        "postgres://ana:se%cret@db/x",
        "postgres://ana:se:cret@db",
    ] {
        let reason = refusal(text);

        assert!(!reason.contains("cret"), "{text}: {reason}");
    }
}
