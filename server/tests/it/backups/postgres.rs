//! PostgreSQL, backed up and restored as `docs/operating.md` says.

use super::{contents, done, fill};
use crate::support::{Cluster, Place, program, run};

/// The role of backups, as documented.
const ROLE: &str = "create role backup login bypassrls; grant pg_read_all_data to backup";
/// The roles that a cluster must have before a dump is restored into it, as documented.
const ROLES: &str = "create role rollcall_tenant nologin; create role rollcall_credentials nologin; create role rollcall_finder nologin;
    create role rollcall_copier nologin";

fn filled(cluster: &Cluster) -> Place {
    fill(Place::at(&cluster.url()))
}

/// The URL of a cluster's database, as the role of backups.
fn for_backups(cluster: &Cluster) -> String {
    cluster.url().replace("//postgres@", "//backup@")
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_dump_that_is_restored_elsewhere_holds_everything() {
    let (cluster, other) = (Cluster::new(), Cluster::new());
    let place = filled(&cluster);
    cluster.sql(ROLE);
    other.sql(ROLES);
    let dump = place.path().join("rollcall.dump");

    run(program("pg_dump").args(["--format=custom", "--dbname", &for_backups(&cluster), "--file"]).arg(&dump));
    run(program("pg_restore").args(["--no-owner", "--exit-on-error", "--dbname", &other.url()]).arg(&dump));

    assert_eq!(contents(&place, &other.url()), contents(&place, &cluster.url()));
    assert_eq!(done(&place, &["--database", &other.url(), "check"]).words, "");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_goes_back_to_the_moment_before_a_mistake() {
    let mut cluster = Cluster::new();
    cluster.archive();
    let place = filled(&cluster);
    let backup = cluster.base_backup();
    place.write("more.csv", "external_id,display_name\nd,Dee\n");
    done(&place, &["import", "acme", "more.csv"]);
    let before = contents(&place, &cluster.url());

    cluster.sql("select pg_create_restore_point('before the mistake')");
    place.write("fewer.csv", "external_id,display_name\na,Nobody\n");
    done(&place, &["import", "acme", "fewer.csv"]);
    let piece = cluster.sql("select pg_walfile_name(pg_switch_wal())");
    cluster.wait_until(&format!("select last_archived_wal >= '{piece}' from pg_stat_archiver"));
    let recovered = cluster.recovered(backup, "before the mistake");

    assert_ne!(contents(&place, &cluster.url()), before);
    assert_eq!(contents(&place, &recovered.url()), before);
    assert_eq!(done(&place, &["--database", &recovered.url(), "check"]).words, "");
}
