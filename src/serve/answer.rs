//! From a request to an answer: who may ask, what is asked, what is known already, what is worked out.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};

use super::params::Params;
use super::problem::Problem;
use super::route::Route;
use super::site::{Body, Site};
use super::{Options, Server};
use crate::report;

/// Longest address.
const LONGEST: usize = 4096;
/// How long an answer may take to be worked out.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) type Answer = Response<Full<Bytes>>;

/// Answers any request.
pub(super) async fn answer<B: hyper::body::Body>(
    server: Arc<Server>,
    request: Request<B>,
) -> Answer {
    let started = Instant::now();
    let (route, result) = server.find(&request).await;
    let mut answer = match result {
        Ok(answer) => answer,
        Err(problem) => told(&problem),
    };
    dress(answer.headers_mut(), &server.options);
    let status = answer.status().as_u16();
    server.metrics.count(route, status, started.elapsed());
    answer
}

impl Server {
    /// The name of the route for the counts, and the answer.
    async fn find<B: hyper::body::Body>(
        &self,
        request: &Request<B>,
    ) -> (&'static str, Result<Answer, Problem>) {
        if let Err(problem) = check(request, &self.options) {
            return ("refused", Err(problem));
        }
        let site = self.site();
        match request.uri().path() {
            "/healthz" => (
                "/healthz",
                Ok(plain(&Body::new(
                    "application/json",
                    b"{\"status\":\"ok\"}".to_vec(),
                ))),
            ),
            "/metrics" => {
                let text = self.metrics.text(&site).into_bytes();
                let media = "text/plain; version=0.0.4; charset=utf-8";
                ("/metrics", Ok(plain(&Body::new(media, text))))
            }
            path => match Route::at(path) {
                Some(route) => (route.path, self.ask(site, route, request).await),
                None => ("unknown", Err(Problem::no_such_path(path))),
            },
        }
    }

    async fn ask<B>(
        &self,
        site: Arc<Site>,
        route: &'static Route,
        request: &Request<B>,
    ) -> Result<Answer, Problem> {
        let query = request.uri().query().unwrap_or_default();
        let params = Params::read(query, &route.known())?;
        let address = match query {
            "" => route.path.to_owned(),
            query => format!("{}?{query}", route.path),
        };
        let tag = format!(
            "W/\"{}-{}\"",
            site.tag,
            blake3::hash(address.as_bytes())
                .to_hex()
                .get(..12)
                .unwrap_or_default()
        );
        // A question that was wrong has no tag, so one that matches was answered before.
        if matches(request.headers(), &tag) {
            return Ok(unchanged(&tag));
        }
        let body = match site.kept(&address) {
            Some(body) => body,
            None => self.work(site, route, params, address).await?,
        };
        Ok(whole(&body, &tag, request.headers()))
    }

    /// Works an answer out beside the threads that talk, as many at a time as there are processors.
    async fn work(
        &self,
        site: Arc<Site>,
        route: &'static Route,
        params: Params,
        address: String,
    ) -> Result<Arc<Body>, Problem> {
        let work = async {
            let permit = Arc::clone(&self.workers).acquire_owned().await;
            let permit = permit.map_err(|_| Problem::busy())?;
            // Whoever asked the same before may have had to wait for a processor, too.
            if let Some(body) = site.kept(&address) {
                return Ok(body);
            }
            let task = tokio::task::spawn_blocking(move || {
                let _permit = permit;
                let made = catch_unwind(AssertUnwindSafe(|| (route.answer)(&site, &params, route)));
                let bytes = made.map_err(|_| Problem::defect())??;
                Ok(site.keep(&address, Body::new(route.media, bytes)))
            });
            task.await.map_err(|_| Problem::defect())?
        };
        tokio::time::timeout(PATIENCE, work)
            .await
            .map_err(|_| Problem::busy())?
    }
}

/// What no request may do, wherever it goes.
fn check<B: hyper::body::Body>(request: &Request<B>, options: &Options) -> Result<(), Problem> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err(Problem::method(request.method().as_str()));
    }
    let uri = request.uri();
    if uri.path().len() + uri.query().map_or(0, str::len) > LONGEST {
        return Err(Problem::too_long(LONGEST));
    }
    if !request.body().is_end_stream() {
        return Err(Problem::body());
    }
    let hosts: Vec<_> = request.headers().get_all(header::HOST).iter().collect();
    let host = match hosts.as_slice() {
        [] => uri
            .authority()
            .map(|authority| authority.as_str().to_owned()),
        [host] => host.to_str().ok().map(str::to_owned),
        _ => {
            return Err(Problem::bad_request(
                "expected one `Host`, but found several",
            ));
        }
    };
    let Some(host) = host else {
        return Err(Problem::bad_request("expected a `Host`, but found none"));
    };
    if options.answers_for(&host) {
        Ok(())
    } else {
        Err(Problem::wrong_host(&host))
    }
}

/// Whether the asker has this version.
fn matches(headers: &HeaderMap, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|value| value.trim() == "*" || bare(value) == bare(tag))
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            let gzip = matches!(parts.next(), Some("gzip" | "*"));
            gzip && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
}

fn unchanged(tag: &str) -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = StatusCode::NOT_MODIFIED;
    put(answer.headers_mut(), header::ETAG, tag);
    put(answer.headers_mut(), header::CACHE_CONTROL, "no-cache");
    answer
}

fn whole(body: &Body, tag: &str, asked: &HeaderMap) -> Answer {
    let packed = body.gzip().filter(|_| takes_gzip(asked));
    let is_packed = packed.is_some();
    let mut answer = Response::new(Full::new(packed.unwrap_or_else(|| body.plain())));
    let headers = answer.headers_mut();
    if is_packed {
        put(headers, header::CONTENT_ENCODING, "gzip");
    }
    put(headers, header::CONTENT_TYPE, body.media);
    put(headers, header::VARY, "Accept-Encoding");
    put(headers, header::ETAG, tag);
    put(headers, header::CACHE_CONTROL, "no-cache");
    answer
}

fn plain(body: &Body) -> Answer {
    let mut answer = Response::new(Full::new(body.plain()));
    put(answer.headers_mut(), header::CONTENT_TYPE, body.media);
    put(answer.headers_mut(), header::CACHE_CONTROL, "no-store");
    answer
}

fn told(problem: &Problem) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(problem.json())));
    *answer.status_mut() =
        StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = answer.headers_mut();
    put(headers, header::CONTENT_TYPE, "application/problem+json");
    put(headers, header::CACHE_CONTROL, "no-store");
    if problem.status == 405 {
        put(headers, header::ALLOW, "GET, HEAD");
    }
    answer
}

/// What every answer says about itself.
fn dress(headers: &mut HeaderMap, options: &Options) {
    put(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(headers, header::REFERRER_POLICY, "no-referrer");
    let policy = format!("{}; frame-ancestors 'none'", report::policy());
    put(headers, header::CONTENT_SECURITY_POLICY, &policy);
    if let Some(origin) = &options.cors {
        put(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        put(headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag");
    } else {
        put(
            headers,
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        );
    }
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
