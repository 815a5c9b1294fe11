//! `cargo run -- play`: the procedure at work on sample tickets, as a timeline to read.

mod lanes;
mod page;
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
    stories::all(&mut stage).await?;
    troubles::all(&mut stage).await?;
    stories::evening(&mut stage).await?;
    lanes::show(&mut stage, stories::ESCALATIONS_IN_ALL);
    let broken = stage.close();
    if !broken.is_empty() {
        bail!("{} of the things above are not as they must be: {}", broken.len(), broken.join("; "));
    }
    Ok(())
}
