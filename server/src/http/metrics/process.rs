//! What the system knows of this process, by the names that every program's metrics have for it.

use super::text::Text;
use rustix::process::{Resource, getrlimit};
use std::fs;

/// Writes what can be read here: other systems than Linux tell it otherwise, and are passed over.
pub(super) fn write(text: &mut Text) {
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        let kibibytes = |field: &str| number_of(&status, field).map(|number| number * 1024);
        if let Some(bytes) = kibibytes("VmRSS:") {
            text.gauge("process_resident_memory_bytes", "Memory that is in use.", bytes);
        }
        if let Some(bytes) = kibibytes("VmSize:") {
            text.gauge("process_virtual_memory_bytes", "Memory that is mapped.", bytes);
        }
        if let Some(threads) = number_of(&status, "Threads:") {
            text.gauge("process_threads", "Threads.", threads);
        }
    }
    if let Ok(open) = fs::read_dir("/proc/self/fd") {
        text.gauge("process_open_fds", "Open descriptors.", open.count());
    }
    if let Some(most) = getrlimit(Resource::Nofile).current {
        text.gauge("process_max_fds", "The limit of open descriptors.", most);
    }
}

/// The number in a line such as `VmRSS:     1234 kB`.
fn number_of(status: &str, field: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_from_its_line() {
        let status = "Name:\trollcall\nVmRSS:\t    2048 kB\nThreads:\t7\n";

        assert_eq!((number_of(status, "VmRSS:"), number_of(status, "Threads:"), number_of(status, "VmSize:")), (Some(2048), Some(7), None));
    }
}
