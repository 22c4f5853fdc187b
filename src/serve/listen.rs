//! Takes connections, a bounded number at a time, and lets none hold its place for nothing.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::{Server, answer};

/// Connections at a time; others wait.
const CONNECTIONS: usize = 512;
/// How long a client may take for its request, or rest between two.
const HEADER: Duration = Duration::from_secs(10);
/// How long a connection may live.
const LIFE: Duration = Duration::from_secs(600);
/// Bytes of a request's head at most.
const HEAD: usize = 16 << 10;
/// How long open connections have when the server ends.
const GRACE: Duration = Duration::from_secs(3);

/// Serves until `stop` ends.
pub(super) async fn listen(
    listener: TcpListener,
    server: Arc<Server>,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::pin!(stop);
    loop {
        let accept = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            accepted = accept => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => {
                let server = Arc::clone(&server);
                tokio::spawn(async move {
                    let _place = place;
                    server.metrics.connections.fetch_add(1, Ordering::Relaxed);
                    talk(stream, &server).await;
                    server.metrics.connections.fetch_sub(1, Ordering::Relaxed);
                });
            }
            Err(error) => rest(&error).await,
        }
    }
    drop(listener);
    let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    // Whoever is not done by then is cut off.
    let _ = tokio::time::timeout(GRACE, places.acquire_many(all)).await;
}

/// A connection that broke off is nothing; out of files, only time helps.
async fn rest(error: &io::Error) {
    let gone = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    );
    if !gone {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn talk(stream: TcpStream, server: &Arc<Server>) {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let server = Arc::clone(server);
        async move { Ok::<_, Infallible>(answer::answer(server, request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // A client that errs or goes away concerns nobody else.
    let _ = tokio::time::timeout(LIFE, connection).await;
}
