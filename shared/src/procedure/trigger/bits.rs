//! One bit for each word of a text.

/// A row of bits, 64 in each number.
pub(super) type Bits = Vec<u64>;

/// How many numbers a row needs; one more than the words fill, so that a bit may stand behind the last.
pub(super) fn width(words: usize) -> usize {
    words / 64 + 1
}

pub(super) fn set(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

pub(super) fn set_all(bits: &mut [u64], from: usize, to: usize) {
    (from..to).for_each(|at| set(bits, at));
}

pub(super) fn has(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|it| it >> (at % 64) & 1 == 1)
}

/// The first bit in a stretch.
pub(super) fn first(bits: &[u64], from: usize, to: usize) -> Option<usize> {
    let mut at = from;
    while at < to {
        let left = bits.get(at / 64)? >> (at % 64);
        if left != 0 {
            return Some(at + left.trailing_zeros() as usize).filter(|it| *it < to);
        }
        at = (at / 64 + 1) * 64;
    }
    None
}

/// Every bit, in order.
pub(super) fn all(bits: &[u64]) -> impl Iterator<Item = usize> {
    bits.iter().zip((0..).step_by(64)).flat_map(|(word, from)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let at = (left != 0).then(|| from + left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(at)
        })
    })
}

/// Adds those of another row.
pub(super) fn add(bits: &mut [u64], others: &[u64]) {
    bits.iter_mut().zip(others).for_each(|(it, other)| *it |= other);
}

pub(super) fn is_empty(bits: &[u64]) -> bool {
    bits.iter().all(|it| *it == 0)
}

/// Moves on by one word those that stand before a word of the class.
pub(super) fn take(state: &mut [u64], class: &[u64]) {
    let mut carried = 0;
    for (state, class) in state.iter_mut().zip(class) {
        let taken = *state & class;
        *state = taken << 1 | carried;
        carried = taken >> 63;
    }
}

/// Adds those that move on by one word that is among the passable ones.
pub(super) fn pass(state: &mut [u64], passable: &[u64]) {
    let mut carried = 0;
    for (state, passable) in state.iter_mut().zip(passable) {
        let taken = *state & passable;
        *state |= taken << 1 | carried;
        carried = taken >> 63;
    }
}

/// Drops those that stand before a word of the class.
pub(super) fn drop_before(state: &mut [u64], class: &[u64]) {
    state.iter_mut().zip(class).for_each(|(state, class)| *state &= !class);
}

/// Drops those that stand behind a word of the class.
pub(super) fn drop_behind(state: &mut [u64], class: &[u64]) {
    let mut carried = 0;
    for (state, class) in state.iter_mut().zip(class) {
        *state &= !(class << 1 | carried);
        carried = class >> 63;
    }
}

pub(super) fn clear_all(bits: &mut [u64], from: usize, to: usize) {
    for at in from..to {
        if let Some(word) = bits.get_mut(at / 64) {
            *word &= !(1 << (at % 64));
        }
    }
}

pub(super) fn keep(state: &mut [u64], these: &[u64]) {
    state.iter_mut().zip(these).for_each(|(state, these)| *state &= these);
}
