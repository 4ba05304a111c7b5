//! Connections that break at a chosen statement, to see what is left when a process is killed there, or loses its database.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use backend::{Backend, Db};
use sqlx::PgPool;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
    sync::Notify,
    task::JoinHandle,
};

use super::World;

const APPLICATION: &str = "fragile";
/// What asks whether the other side can encrypt, instead of beginning.
/// <https://www.postgresql.org/docs/current/protocol-message-formats.html>
const SSL_REQUEST: [u8; 4] = 80_877_103_u32.to_be_bytes();

/// What happens at the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaks {
    /// The process is killed: nothing is done any more.
    Process,
    /// The connections are gone: the process hears of it and goes on.
    Connections,
}

/// Stands between a backend and PostgreSQL and counts what is executed.
pub struct Fragile {
    backend: Backend,
    gate: Arc<Gate>,
    listening: JoinHandle<()>,
    root: PgPool,
    folder: PathBuf,
}

struct Gate {
    /// Statements that still go through.
    left: AtomicUsize,
    is_shut: AtomicBool,
    reached: Notify,
}

impl Fragile {
    /// The backend of a world, whose connections break at the statement after the next `statements`.
    pub fn new(world: &World, statements: usize) -> Self {
        let options = world.root.connect_options().as_ref().clone();
        let port = options.get_port();
        let name = |folder: &Path| folder.join(format!(".s.PGSQL.{port}"));
        let real = name(options.get_socket().expect("tests speak to PostgreSQL through a socket"));
        let folder = std::env::temp_dir().join(format!("{:x}", super::rand_u128()));
        std::fs::create_dir(&folder).unwrap();
        let listener = UnixListener::bind(name(&folder)).unwrap();
        let gate = Arc::new(Gate {
            left: AtomicUsize::new(statements),
            is_shut: AtomicBool::new(false),
            reached: Notify::new(),
        });
        let listening = tokio::spawn(listen(listener, real, gate.clone()));
        let options = options.socket(&folder).username("steward_web").application_name(APPLICATION);
        let Backend { clock, keys, mailer, installation, billing, .. } = world.backend.clone();
        let db = Db::with_options(options, 4);
        let backend =
            Backend::new(db, clock, keys, mailer, (*installation).clone()).billing_as((*billing).clone());
        Self { backend, gate, listening, root: world.root.clone(), folder }
    }

    /// Does `work`, and answers whether it came to the statement at which everything breaks. Afterwards PostgreSQL has no connection of
    /// it any more.
    pub async fn broke<T>(self, breaks: Breaks, work: impl AsyncFnOnce(Backend) -> T) -> bool {
        let work = work(self.backend.clone());
        match breaks {
            Breaks::Process => tokio::select! {
                _ = work => {}
                () = self.gate.reached.notified() => {}
            },
            Breaks::Connections => {
                let _ = work.await;
            }
        }
        let did_break = self.gate.is_shut.swap(true, Ordering::SeqCst);
        drop(self.backend);
        self.listening.abort();
        let _ = self.listening.await;
        let _ = std::fs::remove_dir_all(&self.folder);
        // What was sent already is done to its end.
        let open = "select count(*) from pg_stat_activity where datname = current_database() and application_name = $1";
        while sqlx::query_scalar::<_, i64>(open).bind(APPLICATION).fetch_one(&self.root).await.unwrap() > 0 {
            tokio::task::yield_now().await;
        }
        did_break
    }
}

async fn listen(listener: UnixListener, real: PathBuf, gate: Arc<Gate>) {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let (client, _) = listener.accept().await.unwrap();
        let server = UnixStream::connect(&real).await.unwrap();
        connections.spawn(pass_on(client, server, gate.clone()));
    }
}

/// Passes everything on until the gate shuts; then both sides find the connection closed.
async fn pass_on(client: UnixStream, server: UnixStream, gate: Arc<Gate>) {
    let ((mut from_client, mut to_client), (mut from_server, mut to_server)) =
        (client.into_split(), server.into_split());
    let answers = async {
        let _ = tokio::io::copy(&mut from_server, &mut to_client).await;
    };
    let questions = async {
        let mut has_begun = false;
        while let Some(message) = next(&mut from_client, &mut has_begun).await {
            if !gate.lets_through(&message) || to_server.write_all(&message).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = answers => {}
        () = questions => {}
    }
}

/// The client's next message as it stands. Before it has begun messages have no kind in front.
async fn next(from: &mut (impl AsyncReadExt + Unpin), has_begun: &mut bool) -> Option<Vec<u8>> {
    let mut message = vec![0; if *has_begun { 5 } else { 4 }];
    from.read_exact(&mut message).await.ok()?;
    let length = u32::from_be_bytes(message[message.len() - 4..].try_into().ok()?);
    let head = message.len();
    message.resize(head + usize::try_from(length).ok()? - 4, 0);
    from.read_exact(&mut message[head..]).await.ok()?;
    *has_begun = *has_begun || message[4..] != SSL_REQUEST;
    Some(message)
}

impl Gate {
    /// Counts `Query` and `Execute`: whatever changes something is one of them.
    fn lets_through(&self, message: &[u8]) -> bool {
        if self.is_shut.load(Ordering::SeqCst) {
            return false;
        }
        let is_statement = matches!(message[0], b'Q' | b'E');
        let left = |left: usize| left.checked_sub(1);
        if is_statement && self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, left).is_err() {
            self.is_shut.store(true, Ordering::SeqCst);
            self.reached.notify_one();
            return false;
        }
        true
    }
}
