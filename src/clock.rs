//! The time that one document may take: work that may go round for long looks at the clock and gives up.
//!
//! A thread cannot be ended from outside, and one left behind would go on for ever. So what the steps do most
//! often asks [`check`], which unwinds to [`within`] when the time is up; where no limit is set it does nothing.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

/// So many questions are answered by one look at the clock.
const OFTEN: u32 = 64;

thread_local! {
    static END: Cell<Option<Instant>> = const { Cell::new(None) };
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

/// What unwinds when the time is up.
struct Up;

/// Gives its end back to whoever set one before.
struct Before(Option<Instant>);

impl Drop for Before {
    fn drop(&mut self) {
        END.set(self.0);
    }
}

/// Runs `step` for so long at the most; nothing if it took longer. A panic in it goes on.
///
/// ```
/// use entente::clock::{check, within};
/// use std::time::Duration;
///
/// assert_eq!(within(Duration::from_secs(9), || 1 + 1), Some(2));
/// assert_eq!(within(Duration::from_millis(5), || -> u8 { loop { check() } }), None);
/// ```
pub fn within<T>(most: Duration, step: impl FnOnce() -> T) -> Option<T> {
    let before = Before(END.get());
    END.set(Instant::now().checked_add(most));
    let done = catch_unwind(AssertUnwindSafe(step));
    drop(before);
    match done {
        Ok(done) => Some(done),
        Err(panic) if panic.is::<Up>() => None,
        Err(panic) => resume_unwind(panic),
    }
}

/// Asked by work that may go round often.
pub fn check() {
    let asked = ASKED.get().wrapping_add(1);
    ASKED.set(asked);
    if asked.is_multiple_of(OFTEN) && END.get().is_some_and(|end| Instant::now() > end) {
        // No hook is called: nothing is broken.
        resume_unwind(Box::new(Up));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_stopped_without_an_end() {
        within(Duration::from_millis(1), || ());
        std::thread::sleep(Duration::from_millis(3));
        (0..10 * OFTEN).for_each(|_| check());
    }

    #[test]
    fn a_panic_is_none_of_its_business() {
        let panic = catch_unwind(|| within(Duration::from_secs(9), || resume_unwind(Box::new(7))));
        assert_eq!(panic.unwrap_err().downcast_ref::<i32>(), Some(&7));
    }
}
