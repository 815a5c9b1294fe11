//! The sweep of a week, as its schedule runs it, where there is something for it.

use escalation::runtime::{Invocation, Job as _};
use jiff::{SignedDuration, Timestamp};

use super::Week;

/// As template.yaml has it for the sweep.
const SWEEP_LIMIT: SignedDuration = SignedDuration::from_secs(50);

impl Week {
    /// Runs the sweep as its schedule does.
    pub(super) async fn sweep(&mut self) {
        self.swept = self.watch.now();
        self.sweeps += 1;
        let (clock, deadline) = (self.watch.clock(), self.swept + SWEEP_LIMIT);
        let invocation = Invocation { clock, deadline, request_id: "week".to_owned() };
        let killed = self.functions.sweep_is_killed();
        tokio::select! {
            biased;
            () = killed => {}
            // A run that fails is in its log, and the next minute brings another.
            _ = Box::pin(self.sweep.run(&invocation)) => {}
        }
    }

    /// The next full minute at which the sweep finds something; the others are left out.
    pub(super) async fn next_sweep(&mut self) -> anyhow::Result<Option<Timestamp>> {
        const MINUTE: i64 = 60_000;
        let runs = self.functions.count() + self.sweeps;
        if self.agenda.0 != runs {
            self.agenda = (runs, self.first_due().await?);
        }
        let Some(due) = self.agenda.1 else { return Ok(None) };
        let after = due.max(self.swept.as_millisecond() + 1);
        Ok(Some(Timestamp::from_millisecond((after + MINUTE - 1).div_euclid(MINUTE) * MINUTE)?))
    }

    /// When the first on the agenda is due, in ms.
    pub(super) async fn first_due(&self) -> anyhow::Result<Option<i64>> {
        self.dynamo.first_due().await
    }
}
