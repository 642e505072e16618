//! A limited number of places, for whatever there must not be too many of.
//!
//! In: how many. Out: places that come back by themselves. It makes nobody wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A number of places, each given back when it is dropped.
#[derive(Debug)]
pub(super) struct Seats {
    free: AtomicUsize,
}

impl Seats {
    /// So many places, all free.
    pub(super) fn new(count: usize) -> Arc<Self> {
        Arc::new(Self {
            free: AtomicUsize::new(count),
        })
    }

    /// A place, if one is free.
    pub(super) fn take(seats: &Arc<Self>) -> Option<Seat> {
        let less = |free: usize| free.checked_sub(1);
        seats
            .free
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, less)
            .ok()?;
        Some(Seat(Arc::clone(seats)))
    }
}

/// One place taken.
#[derive(Debug)]
pub(super) struct Seat(Arc<Seats>);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.free.fetch_add(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_come_back() {
        let seats = Seats::new(1);
        let seat = Seats::take(&seats);
        assert!(seat.is_some() && Seats::take(&seats).is_none());
        drop(seat);
        assert!(Seats::take(&seats).is_some());
    }
}
