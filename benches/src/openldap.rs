//! OpenLDAP with the same people, as Debian packs it and with its own defaults of durability.

use crate::Outcome;
use crate::options::Options;
use crate::people::{Person, external_id, group_name};
use crate::process::{Process, accepts, free_address, output_of};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const SUFFIX: &str = "dc=example";
/// The entry that everybody is below.
pub(crate) const PEOPLE: &str = "ou=people,dc=example";

/// Whether this machine has it: Debian keeps it off the path of ordinary users.
pub(crate) fn is_installed() -> bool {
    Path::new("/usr/sbin/slapd").exists() && Path::new("/usr/sbin/slapadd").exists()
}

/// A database with people, and how long `slapadd` took.
pub(crate) struct OpenLdap {
    configuration: PathBuf,
    pub(crate) import: Duration,
}

impl OpenLdap {
    pub(crate) fn make(people: u64, folder: &Path) -> Outcome<Self> {
        let data = folder.join("openldap");
        fs::create_dir(&data)?;
        let configuration = folder.join("slapd.conf");
        fs::write(&configuration, self::configuration(&data))?;
        let file = folder.join("people.ldif");
        let mut ldif = BufWriter::new(File::create(&file)?);
        write_ldif(&mut ldif, people)?;
        ldif.flush()?;
        let started = Instant::now();
        output_of(Command::new("/usr/sbin/slapadd").arg("-q").arg("-f").arg(&configuration).arg("-l").arg(&file))?;
        Ok(Self { configuration, import: started.elapsed() })
    }

    pub(crate) fn start(&self, options: &Options, folder: &Path) -> Outcome<(Process, SocketAddr)> {
        let address = free_address()?;
        let url = format!("ldap://{address}");
        let configuration = self.configuration.to_string_lossy();
        // -d keeps it in the foreground.
        let arguments = ["-d", "0", "-h", &url, "-f", &configuration];
        let mut process = Process::start(options.server_core, Path::new("/usr/sbin/slapd"), &arguments, &[], &folder.join("slapd.log"))?;
        process.wait_for(address, accepts)?;
        Ok((process, address))
    }
}

fn configuration(data: &Path) -> String {
    format!(
        "include /etc/ldap/schema/core.schema\ninclude /etc/ldap/schema/cosine.schema\ninclude /etc/ldap/schema/inetorgperson.schema\n\
         modulepath /usr/lib/ldap\nmoduleload back_mdb\nloglevel none\nsizelimit unlimited\n\
         database mdb\nsuffix {SUFFIX}\nrootdn cn=root,{SUFFIX}\nrootpw benches\ndirectory {}\nmaxsize 17179869184\n\
         index objectClass eq\nindex mail,cn,uid eq,sub\n",
        data.display()
    )
}

/// The entry of somebody.
pub(crate) fn name_of(login: &str) -> String {
    format!("uid={login},{PEOPLE}")
}

fn write_ldif(to: &mut impl Write, people: u64) -> Outcome<()> {
    writeln!(to, "dn: {SUFFIX}\nobjectClass: domain\ndc: example\n\ndn: {PEOPLE}\nobjectClass: organizationalUnit\nou: people\n")?;
    for number in 1..=people {
        let person = Person::new(number);
        writeln!(
            to,
            "dn: {}\nobjectClass: inetOrgPerson\nuid: {}\ncn: {}\nsn: {}\ngivenName: {}\nmail: {}\ntelephoneNumber: {}\ntitle: {}\n\
             departmentNumber: {}\npreferredLanguage: {}\nl: {}\nemployeeNumber: {number}\nemployeeType: {}",
            name_of(&person.login),
            person.login,
            person.name(),
            person.family,
            person.given,
            person.email(),
            person.phone,
            person.title,
            person.department,
            person.language,
            person.time_zone,
            external_id(number),
        )?;
        if let Some(manager) = person.manager {
            writeln!(to, "manager: {}", name_of(&Person::new(manager).login))?;
        }
        if let Some(group) = person.group {
            writeln!(to, "ou: {}", group_name(group))?;
        }
        writeln!(to)?;
    }
    Ok(())
}
