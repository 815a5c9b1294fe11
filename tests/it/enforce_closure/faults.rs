//! Every call fails once in every way; asked again, the end is the same and everything was said once.

use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::refusal::{self, Policy};
use sandbox::world::slack;

use super::stage::Escalation;
use crate::bench::Bench;

const READS: [&str; 5] = [
    "GET /crm/v3/objects/tickets/*",
    "POST /crm/v3/objects/notes/batch/read",
    "GET /conversations/v3/conversations/threads",
    "GET /conversations/v3/conversations/threads/*/messages",
    "GET /crm/v4/objects/tickets/*/associations/calls",
];
const WRITES: [&str; 2] = ["PATCH /crm/v3/objects/tickets/*", "POST /crm/v3/objects/notes"];
const SLACK: [&str; 2] = ["POST /api/chat.postMessage", "POST /api/chat.update"];

/// A story and how it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Story {
    Resolved,
    Reopened,
    Marked,
}

impl Story {
    pub const ALL: [Self; 3] = [Self::Resolved, Self::Reopened, Self::Marked];

    /// Just before it is judged.
    pub async fn begin(self, bench: &Bench) -> Escalation {
        let it = bench.answered().await;
        if self == Self::Resolved {
            bench.told(it);
        }
        bench.ended_early(it);
        it
    }

    pub fn inputs(self) -> &'static [(&'static str, &'static str)] {
        if self == Self::Marked { &[("closure", "flag")] } else { &[] }
    }

    /// Told once, and everything written.
    #[track_caller]
    pub fn is_over(self, bench: &Bench, it: Escalation, why: &str) {
        let end = match self {
            Self::Resolved => ["4", "", "resolved", "", "A"],
            Self::Reopened => ["3", "cs", "triage", "not_communicated", ""],
            Self::Marked => ["4", "cs", "triage", "not_communicated", ""],
        };
        assert_eq!(bench.end(it), end, "{self:?} {why}");
        assert_eq!((bench.notes_of_ours(it.ticket), bench.replies(it).len()), (1, 1), "{self:?} {why}");
        assert_eq!(bench.reopened(it), usize::from(self == Self::Reopened), "{self:?} {why}");
    }
}

/// Asks as HubSpot does until there is an answer, and sweeps meanwhile.
pub async fn ask(bench: &Bench, story: Story, it: Escalation) -> bool {
    for _ in 0..8 {
        if bench.close(it.ticket, story.inputs()).await.status == 200 {
            return true;
        }
        bench.wait(240);
        bench.sweep().await;
    }
    false
}

async fn check(story: Story, slack: bool, fault: Fault, why: &str) {
    let bench = Bench::with_closing(&[]).await;
    let it = story.begin(&bench).await;
    if slack {
        bench.world.slack.inject(fault)
    } else {
        bench.hubspot.inject(fault)
    }
    assert!(ask(&bench, story, it).await, "{story:?} {why}");
    bench.sweep_for(10).await;
    story.is_over(&bench, it, why);
    bench.is_silent().await;
    bench.finish();
}

fn cuts() -> [Effect; 3] {
    [Effect::CutBefore, Effect::CutAfter, Effect::Truncate]
}

#[tokio::test]
async fn a_hubspot_that_stumbles() {
    for story in Story::ALL {
        for place in READS.iter().chain(&WRITES) {
            let unavailable = || refusal::unavailable(503);
            let answers = [Effect::Refuse(unavailable()), Effect::ApplyThenRefuse(unavailable())];
            let limited = Effect::Refuse(refusal::rate_limited(Policy::TenSecondlyRolling));
            for effect in answers.into_iter().chain(cuts()).chain([limited]) {
                // Our client tries once more by itself.
                let why = format!("{place} {}", effect.name());
                check(story, false, Fault::on(place, effect).times(2), &why).await;
            }
        }
    }
}

#[tokio::test]
async fn a_slack_that_stumbles() {
    for story in Story::ALL {
        for place in SLACK {
            if place == SLACK[1] && story != Story::Resolved {
                continue;
            }
            let unavailable = || slack::refusal::unavailable(503);
            let answers = [Effect::Refuse(unavailable()), Effect::ApplyThenRefuse(unavailable())];
            for effect in answers.into_iter().chain(cuts()) {
                let why = format!("{place} {}", effect.name());
                check(story, true, Fault::on(place, effect).times(2), &why).await;
            }
        }
    }
}

#[tokio::test]
async fn what_slack_missed_is_said_although_the_ticket_is_resolved_by_then() {
    let bench = Bench::with_closing(&[]).await;
    let it = Story::Resolved.begin(&bench).await;
    let refused = Effect::Refuse(slack::refusal::unavailable(503));
    bench.world.slack.inject(Fault::on("* /**", refused).always());
    assert_eq!(bench.judged(it).await, "resolved");
    assert_eq!((bench.end(it)[2].as_str(), bench.replies(it).len()), ("resolved", 0));
    bench.sweep_for(20).await;
    bench.world.slack.heal();
    bench.sweep_for(20).await;
    Story::Resolved.is_over(&bench, it, "Slack is back");
    bench.finish();
}
