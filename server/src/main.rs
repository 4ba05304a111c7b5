//! See the library.

fn main() -> std::process::ExitCode {
    server::main()
}
