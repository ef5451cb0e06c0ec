//! The program. Everything is in the library; start at [`rollcall::cli`].

fn main() -> std::process::ExitCode {
    rollcall::cli::run()
}
