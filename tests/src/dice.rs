//! Dice that fall the same way for the same seed.

/// The same throws for the same seed ([SplitMix64](https://prng.di.unimi.it/splitmix64.c)).
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    /// Dice for one thing out of many: each thing its own, whatever becomes of the others.
    pub fn of(seed: u64, thing: &str) -> Self {
        // FNV-1a: any good hash does; this one is the same in every build.
        let hash = |it: u64, byte: u8| (it ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Self(thing.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), hash))
    }

    /// From 0 up to one less than `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut thrown = self.0;
        thrown = (thrown ^ (thrown >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        thrown = (thrown ^ (thrown >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((thrown ^ (thrown >> 31)) % sides as u64).unwrap_or_default()
    }

    /// One of several, each as often as the others.
    ///
    /// # Panics
    /// Where there are none.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Yes, so many times in a thousand.
    pub fn in_thousand(&mut self, times: usize) -> bool {
        self.below(1_000) < times
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_have_dice_of_their_own_and_the_same_each_time() {
        let throws = |seed, thing| {
            let mut dice = Dice::of(seed, thing);
            (0..20).map(|_| dice.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(throws(1, "a"), throws(1, "a"));
        assert_ne!(throws(1, "a"), throws(1, "b"));
        assert_ne!(throws(1, "a"), throws(2, "a"));
    }
}
