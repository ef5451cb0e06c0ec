//! Works as they are run: one server, one load.

use crate::Outcome;
use crate::load::{pgbench, slapd_load, wrk};
use crate::options::Options;
use crate::sample::Sample;
use crate::servers::Server;
use std::fs;
use std::path::{Path, PathBuf};

/// One work against one server.
pub(crate) struct Target {
    pub(crate) work: String,
    /// The name of the server in the results.
    pub(crate) server: &'static str,
    pub(crate) how: How,
}

/// How the load is made.
pub(crate) enum How {
    /// wrk walks over paths.
    Walk { headers: PathBuf, paths: PathBuf },
    /// wrk writes to paths, but so many of ten requests read them.
    Write { headers: PathBuf, paths: PathBuf, method: &'static str, body: String, reads_of_ten: u32 },
    /// Our load on LDAP, with requests of one kind.
    Ldap { kind: &'static str, subjects: PathBuf },
    /// pgbench runs a script.
    Pgbench { script: PathBuf, url: String },
}

impl Target {
    /// Runs it for some seconds, with new people and values that count from `first`.
    pub(crate) fn run(&self, options: &Options, server: Option<&mut Server>, ticks_per_second: f64, first: u64) -> Outcome<Sample> {
        let Some(server) = server else { return self.load(options, "", first) };
        let before = server.process.ticks()?;
        let mut sample = self.load(options, &server.address.to_string(), first)?;
        #[expect(clippy::cast_precision_loss, reason = "ticks of a few seconds")]
        let ticks = (server.process.ticks()? - before) as f64;
        sample.processor_seconds = ticks / ticks_per_second;
        server.observe()?;
        Ok(sample)
    }

    fn load(&self, options: &Options, address: &str, first: u64) -> Outcome<Sample> {
        let sample = match &self.how {
            How::Walk { headers, paths } => wrk(options, address, "walk.lua", &[&headers.to_string_lossy(), &paths.to_string_lossy()]),
            How::Write { headers, paths, method, body, reads_of_ten } => {
                let (headers, paths) = (headers.to_string_lossy(), paths.to_string_lossy());
                wrk(options, address, "write.lua", &[&headers, &paths, method, body, &first.to_string(), &reads_of_ten.to_string()])
            }
            How::Ldap { kind, subjects } => slapd_load(options, address, kind, subjects, first),
            How::Pgbench { script, url } => pgbench(options, script, url),
        }?;
        if sample.refused > 0.0 || sample.broken > 0.0 || sample.requests == 0.0 {
            return Err(format!("{} against {}: {sample:?}", self.work, self.server).into());
        }
        Ok(sample)
    }
}

/// Headers and paths in files of their own, for wrk.
pub(crate) fn write_files(folder: &Path, name: &str, headers: &[(String, String)], paths: &[String]) -> Outcome<(PathBuf, PathBuf)> {
    let name = name.replace(' ', "-");
    let (of_headers, of_paths) = (folder.join(format!("{name}.headers")), folder.join(format!("{name}.paths")));
    let headers: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    fs::write(&of_headers, headers.concat())?;
    fs::write(&of_paths, paths.join("\n"))?;
    Ok((of_headers, of_paths))
}
