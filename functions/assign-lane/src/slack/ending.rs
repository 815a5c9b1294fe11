//! What is said no more: words that not everybody may read, and escalations that left their lane.

use std::sync::atomic::{AtomicBool, Ordering};

use escalation::hubspot::timestamp;
use escalation::ledger::Setback;
use escalation::procedure::cycle::{DEBOUNCE, State};
use escalation::procedure::wording::lane::{self as words, Shown};
use escalation::runtime::Failure;
use escalation::telling::slack::{Said, Speaker, Unsaid};
use escalation::telling::thread::{OPEN, OWN, RESTRICTED, Which};
use jiff::Timestamp;

use super::super::AssignLane;
use super::super::apply::Case;
use super::super::decide;
use super::super::found::Cleared;
use super::shown::subject;
use super::thread::{Reply, Showed, Thread};

/// What became of a card.
enum Settled {
    Posted(Thread),
    /// One message stands for many.
    OneOfMany,
    Nothing,
}

impl AssignLane {
    /// Takes the customer's words back from where everybody read them before it was known that they are
    /// to be kept to the ticket; and no later run shows them there.
    pub(super) async fn withdraw(&self, speaker: &Speaker<'_>, case: &Case<'_>, shown: &Shown<'_>) -> Said<()> {
        if !case.decided.is_restricted() {
            return Ok(());
        }
        let since = case.found.started_at;
        let mut settled = Settled::OneOfMany;
        let mut which = OPEN;
        for it in [OPEN, OWN] {
            if matches!(settled, Settled::OneOfMany) {
                which = it;
                let refusal = Setback::Refused { reason: "the matter is restricted".to_owned() };
                settled = self.settled(speaker, which, since, refusal).await?;
            }
        }
        let Settled::Posted(thread) = settled else {
            return Ok(());
        };
        let effect = speaker.telling.card_effect(which)?;
        let card = words::withdrawn_card(&shown.ticket, &shown.page, shown.cycle);
        let reply = Reply { flow: "slack-withdrawn", which: Vec::new(), message: words::withdrawn() };
        let first = speaker.restate(&thread.posted, &effect, &card);
        self.reply(speaker, since, &thread.posted, reply, first).await
    }

    /// What became of a card. One that was never begun is not posted now; one of which nobody knows is
    /// looked for. `refusal` says whether it may be posted later.
    async fn settled(&self, speaker: &Speaker<'_>, which: Which, since: Timestamp, refusal: Setback) -> Said<Settled> {
        let effect = speaker.telling.card_effect(which)?;
        let place = self.place(which, since);
        let is_declined = AtomicBool::new(false);
        let look_up = async {
            let found = speaker.find(&effect, place).await?;
            Ok(found.map(|posted| Some(Thread { posted, showed: Showed::default() })))
        };
        let act = async {
            is_declined.store(true, Ordering::Relaxed);
            Err::<Option<Thread>, _>(refusal)
        };
        match speaker.once(&effect, look_up, act).await {
            Ok(done) => Ok(done.output.map_or(Settled::OneOfMany, Settled::Posted)),
            Err(Unsaid { failure: Failure::Rejected(_), .. }) => Ok(Settled::Nothing),
            Err(_) if is_declined.load(Ordering::Relaxed) => Ok(Settled::Nothing),
            Err(unsaid) => Err(unsaid),
        }
    }

    /// Says that an escalation left its lane, where it was shown.
    pub(super) async fn show_cleared(&self, speaker: &Speaker<'_>, found: &Cleared) -> Said<()> {
        let ours = &self.policy.properties;
        if found.ticket.property(&ours.accepted_at).is_empty() {
            return Ok(());
        }
        let since = timestamp(found.ticket.property(&ours.started_at)).unwrap_or(Timestamp::UNIX_EPOCH);
        let reasons = found.ticket.history(&ours.reason).iter().filter(|it| it.timestamp >= since);
        let is_restricted = reasons.flat_map(|it| decide::ticked(&it.value)).any(|it| it.is_sensitive());
        let candidates: &[Which] = if is_restricted { &[RESTRICTED] } else { &[OPEN, OWN] };
        for which in candidates {
            let reason = "it left its lane".to_owned();
            let refusal = match is_over(found, speaker.telling.invocation.now()) {
                true => Setback::Refused { reason },
                false => Setback::NotApplied { retry_after: None, reason },
            };
            match self.settled(speaker, which, since, refusal).await? {
                Settled::Posted(thread) => return self.end(speaker, found, (which, since), &thread).await,
                Settled::OneOfMany => {}
                Settled::Nothing => break,
            }
        }
        Ok(())
    }

    async fn end(
        &self,
        speaker: &Speaker<'_>,
        found: &Cleared,
        (which, since): (Which, Timestamp),
        thread: &Thread,
    ) -> Said<()> {
        let telling = speaker.telling;
        let effect = telling.card_effect(which)?;
        let subject = (which != RESTRICTED).then(|| subject(found.ticket.property("subject")));
        let card = words::ended_card(subject.as_deref(), &found.id.to_string(), &telling.page(), found.cycle);
        let at = found.at.map_or_else(|| "unknown".to_owned(), |it| it.to_string());
        let which = vec![State::Deescalated.name().to_owned(), at];
        let reply = Reply { flow: "slack-moved", which, message: words::left_its_lane() };
        let first = speaker.restate(&thread.posted, &effect, &card);
        self.reply(speaker, since, &thread.posted, reply, first).await
    }
}

/// Whether a clearing can no longer be taken back, so that a card that nobody saw is wanted no more: without
/// an end it would be asked for again and again.
fn is_over(found: &Cleared, now: Timestamp) -> bool {
    found.at.is_some_and(|at| now.duration_since(at) > DEBOUNCE)
}
