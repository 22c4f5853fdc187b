//! `entente serve`: the page and an interface for programs, from a store, until interrupted.

use std::fs;
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use entente::gazetteer::Gazetteer;
use entente::serve::{self, Options, Site, Source};

use super::args::ServeArgs;
use super::failure::{Failure, Result};
use super::{Outcome, ask, session, term};

/// The names of this machine to itself.
const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Serves, or prints the description of the interface.
pub(crate) fn run(args: &ServeArgs, own: &[PathBuf]) -> Result<Outcome> {
    if args.openapi {
        let mut to = std::io::stdout().lock();
        serde_json::to_writer_pretty(&mut to, &serve::document())?;
        writeln!(to)?;
        return Ok(Outcome::Done);
    }
    let gazetteer = session::gazetteer(own)?;
    let file = StoreFile {
        path: args.store.db.clone(),
        gazetteer,
    };
    let site = file.site()?;
    let address = SocketAddr::new(args.host, args.port);
    let listener = TcpListener::bind(address).map_err(|error| cannot_listen(address, &error))?;
    let address = listener.local_addr()?;
    announce(&args.store.db, address);
    let options = options(args);
    serve::run(listener, site, Arc::new(file), options, serve::stopped())?;
    Ok(Outcome::Done)
}

/// Says where it is. Nobody need listen: a server whose standard error is closed serves all the same.
fn announce(store: &Path, address: SocketAddr) {
    let mut to = term::stderr();
    let store = session::shown(store);
    let _ = writeln!(
        to,
        "serving {store} on http://{address}/   (end with Ctrl-C)\nfor programs: http://{address}/api/v1/openapi.json"
    );
    let _ = to.flush();
}

/// On this machine alone only its own names are answered for, so that no page of the web gets in by a
/// name that points here.
fn options(args: &ServeArgs) -> Options {
    let mut hosts = args.allow_host.clone();
    if args.host.is_loopback() || !hosts.is_empty() {
        hosts.extend(LOCAL.map(str::to_owned));
    }
    Options {
        hosts,
        cors: args.cors.clone(),
    }
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> Failure {
    Failure::new(format!("failed to listen on {address}: {error}"))
        .hint("choose another port with `--port`, or 0 for any free one")
}

/// The store and who reads it.
struct StoreFile {
    path: PathBuf,
    gazetteer: &'static Gazetteer,
}

impl StoreFile {
    fn site(&self) -> Result<Site> {
        let version = fingerprint(&self.path);
        let graph = ask::graph(&self.path, self.gazetteer)?;
        Ok(Site::new(graph, self.gazetteer, &version))
    }
}

impl Source for StoreFile {
    fn version(&self) -> Option<Vec<u8>> {
        let about = fs::metadata(&self.path).ok()?;
        let changed = about.modified().ok()?;
        Some(format!("{changed:?} {}", about.len()).into_bytes())
    }

    fn read(&self) -> Option<Site> {
        self.site().ok()
    }
}

/// A hash of the file; two builds of the same documents have the same.
fn fingerprint(path: &Path) -> Vec<u8> {
    let mut hash = blake3::Hasher::new();
    let read = fs::File::open(path).map(|file| hash.update_reader(file).map(drop));
    match read {
        Ok(Ok(())) => hash.finalize().as_bytes().to_vec(),
        // The store is opened next and says what the matter is.
        _ => Vec::new(),
    }
}
