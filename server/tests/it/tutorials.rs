//! The tutorials: every command in them is run, in order, and answers what they say.
//!
//! A block `console` holds commands behind `$ `, each with the beginning of what it prints. `…` stands for anything.

use crate::support::Place;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;

/// Where the tutorials say that the server is.
const ADDRESS: &str = "127.0.0.1:8080";
/// Stands between the answers of two commands.
const END: &str = "@@ end of a command @@";

/// A command, and what is said to come of it.
#[derive(Debug, Default)]
struct Step {
    command: String,
    printed: String,
}

#[test]
fn the_integrators_commands_do_what_they_say() {
    follow("integrator.md");
}

#[test]
fn the_identity_administrators_commands_do_what_they_say() {
    follow("identity-admin.md");
}

#[test]
fn the_operators_commands_do_what_they_say() {
    // Backups as files are SQLite's.
    follow_at(&Place::on_a_file(), "operator.md");
}

#[test]
fn every_page_of_the_book_is_there() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let summary = fs::read_to_string(docs.join("SUMMARY.md")).expect("the summary");

    for page in summary.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(page, _)| page) {
        assert!(docs.join(page).exists(), "{page}");
    }
}

fn follow(tutorial: &str) {
    follow_at(&Place::new(), tutorial);
}

fn follow_at(place: &Place, tutorial: &str) {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address").to_string();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/tutorials").join(tutorial);
    let text = fs::read_to_string(file).expect("a tutorial").replace(ADDRESS, &free);
    let steps = steps(&text);
    let commands: String = steps.iter().map(|step| format!("{{ {}\n}} || exit 1\necho '{END}'\n", step.command)).collect();
    // What is started stays until the end, and no longer.
    let script = format!("trap 'kill $(jobs -p) 2>/dev/null' EXIT\n{commands}");
    place.write("script", &script);

    let mut bash = place.command_of("bash", &["script"]);
    let program = Path::new(env!("CARGO_BIN_EXE_rollcall")).parent().expect("a folder");
    bash.env("PATH", format!("{}:/usr/bin:/bin", program.display())).env("ROLLCALL_HTTP_LISTEN", &free);
    let ended = bash.stdin(Stdio::null()).output().expect("bash");
    let (said, words) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));

    let answers: Vec<&str> = said.split(&format!("{END}\n")).collect();
    for (number, step) in steps.iter().enumerate() {
        let answer = answers.get(number).copied().unwrap_or_default();
        let is_run = number + 1 < answers.len();
        assert!(
            is_run && is_like(answer, &step.printed),
            "{tutorial}: $ {}\n--- printed\n{answer}\n--- wanted\n{}\n--- {words}",
            step.command,
            step.printed
        );
    }
}

/// The commands of all blocks, in order.
fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let blocks = text.split("```console\n").skip(1).filter_map(|rest| rest.split_once("```"));
    for (block, _) in blocks {
        let mut is_typing = false;
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                is_typing = command.contains("<<'EOF'");
                steps.push(Step { command: command.to_owned(), printed: String::new() });
            } else if let Some(step) = steps.last_mut() {
                let text = if is_typing { &mut step.command } else { &mut step.printed };
                text.push('\n');
                text.push_str(line);
                is_typing = is_typing && line != "EOF";
            }
        }
    }
    assert!(!steps.is_empty(), "no commands");
    steps
}

/// Whether a text is as wanted, where `…` stands for anything.
fn is_like(text: &str, wanted: &str) -> bool {
    let mut rest = text.trim();
    let mut parts = wanted.trim().split('…');
    let first = parts.next().unwrap_or_default();
    let Some(after) = rest.strip_prefix(first.trim_end_matches('\n')) else { return false };
    rest = after;
    for part in parts.map(|part| part.trim_matches('\n')) {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    wanted.contains('…') || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn what_is_left_out_may_be_anything() {
        assert!(is_like("{\"a\":1,\"b\":2}\n", "{\"a\":1,…"));
        assert!(is_like("one\ntwo\nthree", "…\n…two…\n…"));
        assert!(!is_like("{\"a\":2}", "{\"a\":1…"));
        assert!(!is_like("something", ""));
    }
}
