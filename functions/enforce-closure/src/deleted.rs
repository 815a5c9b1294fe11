//! An escalation that ended because its ticket was deleted.

use escalation::ledger::Look;
use escalation::lineage::{Lost, lost};
use escalation::procedure::wording::closure::thread;
use escalation::runtime::{Action as _, Invocation, Mode, Request, Result};
use escalation::telling::Telling;
use escalation::telling::slack::{Place, Said, Speaker, in_time};

use super::EnforceClosure;
use super::fields::Inputs;

impl EnforceClosure {
    /// Says in the escalation's thread, once, that it has no ticket any more.
    pub(super) async fn tell_of_deletion(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<()> {
        let look = Look::new(Self::NAME, request.portal, request.ticket, &request.inputs)?;
        let Some(slack) = self.slack.as_ref().filter(|_| request.inputs.mode == Mode::Enforce) else {
            return Ok(());
        };
        let Some(lost) = lost(&self.ledger, &self.policy, &look, invocation.now()).await? else {
            return Ok(());
        };
        let (hubspot, ledger, cycle, began_on) = (&self.hubspot, &self.ledger, lost.number, lost.began_on);
        let telling = Telling { hubspot, ledger, invocation, look, cycle, began_on };
        let speaker = Speaker { slack, telling: &telling };
        let said = async { speaker.settle([say(&speaker, &lost).await]).await };
        in_time(&telling, said).await
    }
}

async fn say(speaker: &Speaker<'_>, lost: &Lost) -> Said<()> {
    let telling = speaker.telling;
    let Some((card, posted)) = telling.own_card(lost.is_restricted).await? else {
        return Ok(());
    };
    let effect = telling.effect("slack-closure", &["deleted"])?;
    let place = Place { channel: &posted.channel, thread: Some(&posted.ts), since: lost.since };
    let (message, ticket) = (thread::deleted(), telling.look.ticket().to_string());
    let ended = thread::ended_card(message.clone(), None, &ticket, &telling.page(), telling.cycle);
    let first = speaker.restate(&posted, &card, &ended);
    speaker.say(&effect, place, first, &message).await
}
