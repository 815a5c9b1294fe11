//! When the clock stands still.

use jiff::Timestamp;

/// Time that does not count: the customer's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When it began.
    pub from: Timestamp,
    /// When it ended; [`Timestamp::MAX`] while it goes on, so that nothing falls due in it. One that
    /// ends before it begins is none.
    pub until: Timestamp,
}

/// The stretches between two moments in which nothing pauses, in order. Pauses may overlap, in any order.
pub(super) fn running(from: Timestamp, until: Timestamp, pauses: &[Pause]) -> Vec<(Timestamp, Timestamp)> {
    let mut pauses: Vec<&Pause> = pauses.iter().filter(|it| it.from < it.until).collect();
    pauses.sort_unstable_by_key(|it| it.from);
    let mut stretches = Vec::with_capacity(pauses.len() + 1);
    let mut resumed = from;
    for pause in pauses {
        stretches.push((resumed, pause.from.min(until)));
        resumed = resumed.max(pause.until);
    }
    stretches.push((resumed, until));
    stretches.retain(|it| it.0 < it.1);
    stretches
}
