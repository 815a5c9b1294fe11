//! `cargo run -- play`: the procedure at work on sample tickets, as a timeline to read.

mod endings;
mod issues;
mod lanes;
mod page;
mod people;
mod stage;
mod stories;
mod tech;
mod telling;
mod troubles;

use anyhow::bail;

use crate::product::Setup;
use stage::Stage;

/// Plays every story; an error where something was not as it must be.
pub async fn play(setup: Setup) -> anyhow::Result<()> {
    let mut stage = Stage::open(setup).await?;
    stage.part("Monday: the procedure, from a customer's word to the end");
    endings::from_a_phone_call(&mut stage).await?;
    stories::beginnings(&mut stage).await?;
    tech::all(&mut stage).await?;
    endings::others(&mut stage).await?;
    stories::evening(&mut stage).await?;
    stage.part("Tuesday: things break");
    stage.skip_until(9, 0).await?;
    issues::troubles(&mut stage).await?;
    troubles::all(&mut stage).await?;
    lanes::show(&mut stage, stories::OPEN_IN_THE_END);
    let broken = stage.close();
    if !broken.is_empty() {
        bail!("{} of the things above are not as they must be: {}", broken.len(), broken.join("; "));
    }
    Ok(())
}
