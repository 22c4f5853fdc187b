//! Panics that are caught where they may happen are no finding.

/// The PDF parser may panic; it works in a thread of its own and the reader makes an error of it.
pub fn parsers() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some("pdf") {
            tell(panic);
        }
    }));
}
