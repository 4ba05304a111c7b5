//! The built server as a process of its own, and the mail server beside it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use sqlx::{ConnectOptions, PgPool};

/// Nothing here takes this long; what does is stuck.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process, killed when the test ends.
pub struct Process {
    child: Child,
    lines: Receiver<String>,
}

impl Process {
    /// Starts `server <words>` on the test's database, under the role of the application.
    pub fn start(pool: &PgPool, words: &[&str]) -> Self {
        Self::start_in(pool, words, &[], &std::env::temp_dir())
    }

    /// The same with more in its environment, and in this folder.
    pub fn start_in(pool: &PgPool, words: &[&str], environment: &[(&str, &str)], folder: &Path) -> Self {
        let url = pool.connect_options().as_ref().clone().username("steward_web").to_url_lossy();
        let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(words)
            .env_clear()
            .env("DATABASE_URL", url.as_str())
            .env("SECRET_KEY", "a secret key of the tests, long enough")
            .env("LOG_FORMAT", "json")
            .env("SITE_ROOT", site())
            .envs(environment.iter().copied())
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a process");
        let (sender, lines) = channel();
        let stderr = child.stderr.take().expect("its log");
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    /// The next line of the log that says `message`.
    pub fn line(&self, message: &str) -> String {
        let mut before = vec![];
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(message) => return line,
                Ok(line) => before.push(line),
                Err(error) => panic!("no line says {message:?} ({error}): {before:#?}"),
            }
        }
    }

    /// The address in the next line that says `message`.
    pub fn address(&self, message: &str) -> SocketAddr {
        let line: serde_json::Value = serde_json::from_str(&self.line(message)).expect("a line of JSON");
        line["address"].as_str().expect("an address").parse().expect("an address")
    }

    pub fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(sent.expect("a signal").success());
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().expect("a signal");
        self.child.wait().expect("an end");
    }

    pub fn end(&mut self) -> ExitStatus {
        self.child.wait().expect("an end")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A site with nothing but the script that a server looks for.
fn site() -> PathBuf {
    let root = std::env::temp_dir().join("steward-processes-site");
    std::fs::create_dir_all(root.join("pkg")).expect("a folder");
    std::fs::write(root.join("pkg/steward.js"), "").expect("a script");
    root
}

/// One connection to a server.
pub fn connected(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    stream
}

/// The whole answer to a GET.
pub fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = connected(address);
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

/// The whole answer to a form that somebody signed in posts to a server function.
pub fn post(address: SocketAddr, path: &str, session_token: &str, form: &str) -> String {
    let mut stream = connected(address);
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nAccept: application/json\r\n\
         Cookie: session={session_token}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{form}",
        form.len()
    )
    .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

/// Reads from `stream` until `end` has come.
pub fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut read = Vec::new();
    let mut byte = [0];
    while !read.ends_with(end.as_bytes()) {
        assert_eq!(stream.read(&mut byte).expect("more"), 1, "it ended: {}", String::from_utf8_lossy(&read));
        read.push(byte[0]);
    }
    String::from_utf8_lossy(&read).into_owned()
}

/// A mail server of the test's own.
pub struct MailServer {
    pub url: String,
    listener: TcpListener,
}

impl MailServer {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        Self { url: format!("smtp://{}", listener.local_addr().expect("an address")), listener }
    }

    /// Waits for somebody with a mail and lets them wait.
    pub fn keep_waiting(&self) -> TcpStream {
        self.listener.accept().expect("somebody with a mail").0
    }

    /// Takes one mail and answers it.
    pub fn take(&self) -> String {
        let (mut stream, _) = self.listener.accept().expect("somebody with a mail");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream.write_all(b"220 ready\r\n").expect("a greeting");
        loop {
            let command = read_until(&mut stream, "\r\n");
            let is_data = command.starts_with("DATA");
            stream.write_all(if is_data { b"354 go on\r\n" } else { b"250 ok\r\n" }).expect("an answer");
            if is_data {
                let mail = read_until(&mut stream, "\r\n.\r\n");
                stream.write_all(b"250 taken\r\n").expect("an answer");
                return mail;
            }
        }
    }
}
