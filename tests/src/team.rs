//! The people of the sandbox, and the policy that names them: the shipped one with some of its keys
//! filled in, so that it cannot drift from it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, fs, io, process};

use crate::world::World;
use crate::world::hubspot::id::UserId;
use crate::world::hubspot::owner::Owner;
use crate::world::hubspot::pipeline::Stage;

const SHIPPED: &str = include_str!("../../shared/policy.toml");

/// Somebody with a seat in HubSpot.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// What they are called.
    pub name: &'static str,
    /// Their user id in HubSpot.
    pub user: UserId,
    /// Their owner id there.
    pub owner: u64,
    /// Their member id in Slack.
    pub slack: &'static str,
}

/// The agent.
pub const SAM: Member = Member { name: "Sam Okafor", user: UserId(48_111), owner: 501, slack: "U0SAMOKAFOR" };
/// The Shift Lead of the working days.
pub const DANA: Member = Member { name: "Dana Whitfield", user: UserId(48_211), owner: 502, slack: "U0DANAWHIT" };
/// The Shift Lead of the nights.
pub const PRIYA: Member = Member { name: "Priya Shah", user: UserId(48_212), owner: 503, slack: "U0PRIYASHAH" };
/// Who has what comes in while nobody is on duty.
pub const OMAR: Member = Member { name: "Omar Reyes", user: UserId(48_213), owner: 504, slack: "U0OMARREYES" };

/// The Shift Leads.
const LEADS: [Member; 3] = [DANA, PRIYA, OMAR];

/// A channel of the workspace.
#[derive(Debug, Clone, Copy)]
pub struct Channel {
    /// Its id.
    pub id: &'static str,
    /// Its name, without the `#`.
    pub name: &'static str,
}

/// Every escalation.
pub const ESCALATIONS: Channel = Channel { id: "C0ESCALATIONS", name: "cs-escalations" };
/// Legal and security matters.
pub const RESTRICTED: Channel = Channel { id: "C0RESTRICTED", name: "cs-restricted" };
/// Level 4.
pub const EXECUTIVES: Channel = Channel { id: "C0EXECUTIVES", name: "executives" };
/// Administrators.
pub const ADMINS: Channel = Channel { id: "C0CSADMINS", name: "cs-admins" };

/// The stage in which a ticket is closed without a resolution.
pub const SPAM: &str = "5";

/// More escalations than this at a time get one message. So few that Slack lets the cards pass in one
/// burst: a card that it throttles is left to the digest.
pub const DIGEST_ABOVE: usize = 3;

/// Days, from, to, who. From 17:00 to 22:00 and at weekends by day nobody is on duty.
const SHIFTS: [(&str, &str, &str, Member); 2] = [
    (r#""mon", "tue", "wed", "thu", "fri""#, "08:00", "17:00", DANA),
    (r#""mon", "tue", "wed", "thu", "fri", "sat", "sun""#, "22:00", "08:00", PRIYA),
];

/// The people at work, and the file in which the functions find their policy. The file goes with it.
pub struct Team {
    file: PathBuf,
}

impl Team {
    /// Writes the policy.
    pub fn new() -> anyhow::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let file = env::temp_dir().join(format!("sandbox-policy-{}-{count}.toml", process::id()));
        fs::write(&file, policy()?)?;
        Ok(Self { file })
    }

    /// What `POLICY_FILE` is here.
    pub fn policy(&self) -> &Path {
        &self.file
    }

    /// Everybody begins to work: in HubSpot, and in Slack's channels.
    pub fn joins(&self, world: &World) {
        for it in [SAM].iter().chain(&LEADS) {
            world.hubspot.hire(Owner::new(it.owner, it.user.0, it.name));
            world.slack.join(it.slack, it.name);
        }
        for it in [ESCALATIONS, RESTRICTED, EXECUTIVES, ADMINS] {
            world.slack.open_channel(it.id, it.name);
        }
        world.slack.make_private(RESTRICTED.id);
        world.hubspot.add_stage("0", Stage::closed(SPAM, "Spam"));
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        // A file left behind in the temporary folder does no harm.
        let _ = fs::remove_file(&self.file);
    }
}

/// The policy as an administrator of this team would have written it.
fn policy() -> io::Result<String> {
    let channel = |key: &str, it: Channel| format!("{key} = \"{}\"", it.id);
    let filled_in = [
        (r##"escalations = "#cs-escalations""##, channel("escalations", ESCALATIONS)),
        (r#"# restricted = "C024BE91R""#, channel("restricted", RESTRICTED)),
        (r#"# executives = "C024BE91X""#, channel("executives", EXECUTIVES)),
        (r#"# admins = "C024BE91A""#, channel("admins", ADMINS)),
        ("digest_above = 20", format!("digest_above = {DIGEST_ABOVE}")),
        (r#"4 = "closed" }"#, format!(r#"4 = "closed", {SPAM} = "exempt" }}"#)),
    ];
    let mut policy = SHIPPED.to_owned();
    for (line, ours) in filled_in {
        if !policy.contains(line) {
            return Err(io::Error::other(format!("the shipped policy has no line `{line}` any more")));
        }
        policy = policy.replacen(line, &ours, 1);
    }
    for Member { name, user, slack, .. } in LEADS {
        let _ = write!(policy, "\n[[shift_leads]]\nname = \"{name}\"\nuser_id = {user}\nslack = \"{slack}\"\n");
    }
    let _ = write!(policy, "\n[rota]\nfallback = \"{}\"\n", OMAR.name);
    for (days, from, to, who) in SHIFTS {
        let who = who.name;
        let shift = format!("days = [{days}]\nfrom = \"{from}\"\nto = \"{to}\"\nwho = [\"{who}\"]\n");
        let _ = write!(policy, "\n[[rota.shifts]]\n{shift}");
    }
    Ok(policy)
}

#[cfg(test)]
mod tests {
    use escalation::policy::Policy;
    use jiff::Timestamp;

    use super::*;

    /// Who is on duty in London.
    fn on_duty(at: &str) -> Vec<String> {
        let policy = Policy::parse(&policy().unwrap(), "policy.toml").unwrap();
        let at: Timestamp = at.parse().unwrap();
        policy.rota().on_duty(at).into_iter().map(|it| it.name.0).collect()
    }

    #[test]
    fn the_rota_has_a_day_a_night_and_a_gap() {
        assert_eq!(on_duty("2026-01-05T09:00:00Z"), [DANA.name]);
        assert_eq!(on_duty("2026-01-05T17:40:00Z"), [""; 0]);
        assert_eq!(on_duty("2026-01-05T23:00:00Z"), [PRIYA.name]);
    }

    #[test]
    fn slack_is_told_by_the_ids_of_channels() {
        let slack = Policy::parse(&policy().unwrap(), "policy.toml").unwrap().slack;
        let named = [&*slack.escalations, slack.restricted(), slack.executives.as_deref().unwrap()];
        assert_eq!(named, [ESCALATIONS.id, RESTRICTED.id, EXECUTIVES.id]);
        assert_eq!(slack.admins.as_deref(), Some(ADMINS.id));
    }
}
