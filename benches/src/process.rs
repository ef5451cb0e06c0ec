//! Processes that are measured: started on one core, and asked what they cost.

use crate::Outcome;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take until it is ready, also with a million people and a cold disk.
const READY_SECONDS: u64 = 120;

/// A server of this run: killed when it is dropped, and by the system when this program is.
pub(crate) struct Process {
    child: Child,
    pub(crate) started: Instant,
}

impl Process {
    /// Starts `program` on `core`; what it says goes to `log`.
    pub(crate) fn start<A: AsRef<OsStr>>(
        core: usize,
        program: &Path,
        arguments: &[A],
        environment: &[(&str, &str)],
        log: &Path,
    ) -> Outcome<Self> {
        let log = File::create(log)?;
        let mut command = pinned(core, program);
        command.args(arguments).envs(environment.iter().copied()).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let started = Instant::now();
        Ok(Self { child: command.spawn()?, started })
    }

    /// Waits until something answers at `address`, and says how long that took from the start.
    pub(crate) fn wait_for(&mut self, address: SocketAddr, is_ready: impl Fn(SocketAddr) -> bool) -> Outcome<Duration> {
        while self.started.elapsed() < Duration::from_secs(READY_SECONDS) {
            if is_ready(address) {
                return Ok(self.started.elapsed());
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("a server ended before it was ready: {status}").into());
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        Err("a server was not ready in time".into())
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The processor time that it has used since its start, in ticks of which there are [`ticks_per_second`].
    pub(crate) fn ticks(&self) -> Outcome<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name may hold blanks; what stands behind it does not.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let field = |place: usize| fields.get(place).and_then(|text| text.parse::<u64>().ok()).ok_or("/proc/PID/stat has another form");
        Ok(field(11)? + field(12)?)
    }

    /// A line of `/proc/PID/status`, such as `VmRSS`, in kB.
    pub(crate) fn kilobytes(&self, of: &str) -> Outcome<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(of)?.strip_prefix(':')).ok_or("/proc/PID/status has another form")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    /// Ends it in order, and waits for the end.
    pub(crate) fn stop(mut self) -> Outcome<()> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be gone already, and then there is nothing to do.
        if self.child.kill().is_ok() {
            let _gone = self.child.wait();
        }
    }
}

/// `program` on one core, and ended by the system when this program ends, in whatever way.
pub(crate) fn pinned(core: usize, program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "taskset", "-c", &core.to_string()]).arg(program);
    command
}

/// What `command` prints, if it goes well.
pub(crate) fn output_of(command: &mut Command) -> Outcome<String> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    Err(format!("{command:?} failed: {}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)).into())
}

pub(crate) fn ticks_per_second() -> Outcome<f64> {
    Ok(output_of(Command::new("getconf").arg("CLK_TCK"))?.trim().parse()?)
}

/// An address at which nobody listens.
pub(crate) fn free_address() -> Outcome<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

pub(crate) fn accepts(address: SocketAddr) -> bool {
    TcpStream::connect(address).is_ok()
}
