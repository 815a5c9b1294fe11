//! What people do with a ticket's Jira issue.

use super::acts::Act;
use super::story::Story;
use crate::world::World;
use crate::world::jira::Issue;

impl Story {
    /// The issue that the ticket names, where it is there.
    pub(super) fn issue(&self, world: &World) -> Option<Issue> {
        let key = world.hubspot.value(self.ticket?, "jira_reference")?;
        world.jira.issue(&key).filter(|it| !it.deleted && key.contains('-'))
    }

    /// What somebody types into Jira Reference.
    pub(super) fn key(&mut self, world: &World, act: Act) -> String {
        let issues = world.jira.issues();
        match act {
            Act::NameGood => world.jira.created_by_hand("TECH", "Bug", "Captures twice").to_lowercase(),
            Act::NameAnothers if !issues.is_empty() => self.dice.one(&issues).key.clone(),
            Act::NameNonsense => "the one from Monday".to_owned(),
            _ => String::new(),
        }
    }

    pub(super) fn tech(&mut self, world: &World, act: Act) -> anyhow::Result<()> {
        let (issue, jira) = (self.issue(world).ok_or_else(|| anyhow::anyhow!("no issue"))?, &world.jira);
        let key = &issue.key;
        match act {
            Act::TechMoves => {
                let ways =
                    if issue.status == "In Progress" { &["In Review", "Done"] } else { &["Done", "In Progress"] };
                jira.move_issue(key, if issue.status == "In Review" { "Done" } else { self.dice.one::<&str>(ways) });
            }
            Act::TechReopens => jira.move_issue(key, "In Progress"),
            Act::TechComments => drop(jira.comment_by(key, "Lena Vogt", "Looking at the capture log.")),
            Act::TechCommentsForSupport => drop(jira.comment_by(key, "Lena Vogt", "[CS] The refund runs tonight.")),
            Act::TechMovesProject => {
                drop(jira.move_to_project(key, if issue.project == "TECH" { "PLAT" } else { "TECH" }));
            }
            Act::TechClosesAsDuplicate => {
                let of = jira.created_by_hand("TECH", "Bug", "Captures twice");
                jira.close_as_duplicate(key, &of);
            }
            _ => jira.delete(key),
        }
        Ok(())
    }
}
