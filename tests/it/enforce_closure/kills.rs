//! The run ends, as by a kill, at each of its calls: before the call takes effect or after. Asked again, the
//! end is the same and everything was said once.

use std::sync::{Arc, Mutex};

use sandbox::dynamo::{Moment, Step};
use sandbox::world::call::Target;
use sandbox::world::fault::{Effect, Fault};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use super::faults::{Story, ask};
use crate::bench::Bench;

/// Which call of a run is its last, and the run.
#[derive(Default)]
struct Death {
    run: Option<AbortHandle>,
    calls: usize,
    at: Option<(usize, Moment)>,
    /// The call that was cut off before it took effect: it comes by once more, at its end.
    is_unsent: bool,
}

#[derive(Clone, Default)]
struct Killer(Arc<Mutex<Death>>);

impl Killer {
    /// Whether this is the moment; then the run is over.
    fn strikes(&self, moment: Moment) -> bool {
        let mut death = self.0.lock().unwrap();
        if death.run.is_none() {
            return false;
        }
        if moment == Moment::Before {
            death.calls += 1;
        }
        if moment == Moment::After && std::mem::take(&mut death.is_unsent) {
            return false;
        }
        if death.at != Some((death.calls, moment)) {
            return false;
        }
        death.is_unsent = moment == Moment::Before;
        death.run.take().unwrap().abort();
        true
    }

    fn watches(&self, bench: &Bench) {
        let before = |killer: Self, cut: Arc<dyn Fn(Fault) + Send + Sync>| {
            move |call: Target| {
                if killer.strikes(Moment::Before) {
                    cut(Fault::on(&format!("{} {}", call.method, call.path), Effect::CutBefore));
                }
                async {}
            }
        };
        let after = |killer: Self| {
            move |_: Target| {
                killer.strikes(Moment::After);
                async {}
            }
        };
        let (hubspot, slack) = (bench.hubspot.clone(), bench.world.slack.clone());
        bench.hubspot.before_each(before(self.clone(), Arc::new(move |it| hubspot.inject(it))));
        bench.hubspot.after_each(after(self.clone()));
        bench.world.slack.before_each(before(self.clone(), Arc::new(move |it| slack.inject(it))));
        bench.world.slack.after_each(after(self.clone()));
        let killer = self.clone();
        bench.dynamo.on_request(move |_, moment| {
            let dies = killer.strikes(moment);
            async move { if dies { Step::Drop } else { Step::Pass } }
        });
    }
}

/// Kills a run at its `call`th call; false where that comes together with others, or never.
async fn killed(story: Story, at: (usize, Moment)) -> bool {
    let bench = Bench::with_closing(&[]).await;
    let it = story.begin(&bench).await;
    let killer = Killer::default();
    killer.watches(&bench);
    let (lambda, event) = (Arc::clone(&bench.lambda), bench.closing_with(it.ticket, story.inputs()));
    let (go, gone) = oneshot::channel::<()>();
    let run = tokio::spawn(async move {
        gone.await.unwrap();
        lambda.answer(event).await
    });
    *killer.0.lock().unwrap() = Death { run: Some(run.abort_handle()), at: Some(at), ..Death::default() };
    go.send(()).unwrap();
    let was_killed = run.await.is_err();
    killer.0.lock().unwrap().run = None;
    let why = format!("{at:?}");
    bench.wait(61);
    assert!(ask(&bench, story, it).await, "{story:?} {why}");
    bench.sweep_for(8).await;
    story.is_over(&bench, it, &why);
    bench.finish();
    was_killed
}

/// No run has more calls than these. The reads go out together; what one of them brings changes nothing.
const CALLS: usize = 19;
const READS: usize = 6;

async fn check(story: Story, writes: usize) {
    let mut met = 0;
    for call in 1..=CALLS {
        met += usize::from(killed(story, (call, Moment::Before)).await);
    }
    assert!(met >= READS + writes, "only {met} calls were met before");
    met = 0;
    for call in READS + 1..=CALLS {
        met += usize::from(killed(story, (call, Moment::After)).await);
    }
    assert!(met >= writes, "only {met} calls were met after");
}

/// The properties, the note begun, written and ended, the card looked at, the reply begun, said and ended, the
/// card changed.
#[tokio::test]
async fn killed_while_it_resolves() {
    check(Story::Resolved, 9).await;
}

#[tokio::test]
async fn killed_while_it_opens_again() {
    check(Story::Reopened, 8).await;
}

#[tokio::test]
async fn killed_while_it_marks() {
    check(Story::Marked, 8).await;
}
