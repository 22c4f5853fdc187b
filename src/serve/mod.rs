//! A server for one graph: the page for people, and the same facts for programs. It reads and never writes.
//!
//! [`run`] answers until it is told to stop. Every address stands in one table, from which the answers,
//! the parameters that are allowed and the `OpenAPI` [`document`] come. What was worked out once is kept
//! until the store changes, then the graph is read anew in the background.

mod answer;
mod listen;
mod metrics;
mod openapi;
mod params;
mod problem;
mod question;
mod route;
mod site;

use std::io;
use std::net::TcpListener;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::Semaphore;

pub use openapi::document;
pub use problem::Problem;
pub use site::Site;

/// How often to look whether the store changed.
const LOOK: Duration = Duration::from_secs(2);

/// Who may ask.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Names to answer for; any if empty. A page of another site that has its name point to this
    /// machine must not get to read what is here.
    pub hosts: Vec<String>,
    /// The one other site whose pages may read the answers.
    pub cors: Option<String>,
}

impl Options {
    /// Whether a `Host` is one of ours.
    fn answers_for(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        };
        self.hosts.is_empty()
            || self
                .hosts
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// Where graphs come from.
pub trait Source: Send + Sync + 'static {
    /// Changes when the store does.
    fn version(&self) -> Option<Vec<u8>>;
    /// Reads the store; `None` if that fails.
    fn read(&self) -> Option<Site>;
}

/// What all connections share.
struct Server {
    site: RwLock<Arc<Site>>,
    options: Options,
    metrics: metrics::Metrics,
    workers: Arc<Semaphore>,
}

impl Server {
    fn site(&self) -> Arc<Site> {
        Arc::clone(&self.site.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Serves a site on a listener until `stop` ends, and reads the source anew when it changes.
pub fn run(
    listener: TcpListener,
    site: Site,
    source: Arc<dyn Source>,
    options: Options,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let server = Arc::new(Server {
        site: RwLock::new(Arc::new(site)),
        options,
        metrics: metrics::Metrics::default(),
        workers: Arc::new(Semaphore::new(workers)),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers.clamp(1, 4))
        .enable_all()
        .build()?;
    runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let watch = tokio::spawn(watch(Arc::clone(&server), source));
        listen::listen(listener, server, stop).await;
        watch.abort();
        Ok::<(), io::Error>(())
    })?;
    runtime.shutdown_timeout(Duration::from_secs(1));
    Ok(())
}

/// Ends when the process is asked to end.
pub async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                _ = interrupt => (),
                _ = terminate.recv() => (),
            },
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}

async fn watch(server: Arc<Server>, source: Arc<dyn Source>) {
    let mut known = source.version();
    loop {
        tokio::time::sleep(LOOK).await;
        let now = source.version();
        if now.is_none() || now == known {
            continue;
        }
        known = now;
        let source = Arc::clone(&source);
        let read = tokio::task::spawn_blocking(move || source.read()).await;
        if let Ok(Some(site)) = read {
            *server.site.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
            server.metrics.reloads.fetch_add(1, Ordering::Relaxed);
        } else {
            server
                .metrics
                .failed_reloads
                .fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_known_with_or_without_its_port() {
        let options = Options {
            hosts: vec!["localhost".into(), "127.0.0.1".into(), "[::1]".into()],
            cors: None,
        };
        for (host, known) in [
            ("localhost", true),
            ("LOCALHOST:8750", true),
            ("127.0.0.1:1", true),
            ("[::1]:8750", true),
            ("[::1]", true),
            ("localhost.example.org", false),
            ("example.org:80", false),
            ("127.0.0.1:x", false),
            ("", false),
        ] {
            assert_eq!(options.answers_for(host), known, "{host}");
        }
        assert!(Options::default().answers_for("example.org"));
    }
}
