//! The Slack thread of an escalation: the card that it hangs on.

use crate::ledger::Effect;
use crate::runtime::{Failure, Result};
use crate::slack::Posted;

use super::Telling;

/// Which card of an escalation.
pub type Which = &'static [&'static str];
/// Most have the first alone.
pub const OPEN: Which = &[];
/// Of one that was one of many and stands out since.
pub const OWN: Which = &["own"];
/// Of one whose details are kept to the ticket.
pub const RESTRICTED: Which = &["restricted"];

/// What became of the card of an escalation.
#[derive(Debug, PartialEq, Eq)]
pub enum Card {
    /// It stands there.
    Posted(Posted),
    /// One message stands for many.
    OneOfMany,
    /// It is not shown yet, as far as we know.
    NotYet,
}

impl Telling<'_> {
    /// Posting a card of this escalation.
    ///
    /// # Errors
    /// A part of the name is empty.
    pub fn card_effect(&self, which: Which) -> Result<Effect> {
        self.effect("slack-card", which)
    }

    /// The card that the escalation is shown on and the effect of posting it, which its text can be changed
    /// by; `None` where it has none of its own. Begins nothing.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn own_card(&self, is_restricted: bool) -> Result<Option<(Effect, Posted)>> {
        let candidates: &[Which] = if is_restricted { &[RESTRICTED] } else { &[OPEN, OWN] };
        for which in candidates {
            let effect = self.card_effect(which)?;
            let recorded = Box::pin(self.ledger.recorded::<Option<Posted>>(&effect)).await;
            match recorded.map_err(Failure::from)? {
                Some(Some(posted)) => return Ok(Some((effect, posted))),
                Some(None) => {}
                None => break,
            }
        }
        Ok(None)
    }

    /// Where the escalation is shown; begins nothing.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn card(&self, is_restricted: bool) -> Result<Card> {
        let candidates: &[Which] = if is_restricted { &[RESTRICTED] } else { &[OPEN, OWN] };
        for which in candidates {
            let effect = self.card_effect(which)?;
            let recorded = Box::pin(self.ledger.recorded::<Option<Posted>>(&effect)).await;
            match recorded.map_err(Failure::from)? {
                Some(Some(posted)) => return Ok(Card::Posted(posted)),
                Some(None) => {}
                None => return Ok(Card::NotYet),
            }
        }
        Ok(Card::OneOfMany)
    }
}
