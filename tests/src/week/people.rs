//! The people of a week: who they are, what they write, and which ticket's turn it is.

use escalation::id::TicketId;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::acts::Act;
use super::story::Story;
use crate::dice::Dice;
use crate::team::{DANA, Member, OMAR, PRIYA, SAM};
use crate::world::World;
use crate::world::hubspot::id::UserId;
use crate::world::hubspot::owner::Owner;

/// The agents of the early shift and of the late one.
pub const AGENTS: [[Member; 2]; 2] = [
    [SAM, Member { name: "Mia Torres", user: UserId(48_112), owner: 511, slack: "U0MIATORRES" }],
    [
        Member { name: "Noah Kim", user: UserId(48_113), owner: 512, slack: "U0NOAHKIM01" },
        Member { name: "Ada Lund", user: UserId(48_114), owner: 513, slack: "U0ADALUND01" },
    ],
];

/// The Shift Leads of the policy.
pub const LEADS: [Member; 3] = [DANA, PRIYA, OMAR];

/// How long until the next act on a ticket, in seconds.
const PAUSES: [i64; 9] = [5, 40, 90, 240, 700, 1_500, 4_000, 12_000, 40_000];

/// So many tickets are edited in one go, and no more than a quarter of all.
const BULK: usize = 50;

/// Everybody, and all tickets.
pub struct People {
    /// One for each ticket.
    pub stories: Vec<Story>,
    bulk: Vec<(Timestamp, Bulk)>,
    dice: Dice,
}

/// What somebody does to many tickets at once.
#[derive(Debug, Clone, Copy)]
enum Bulk {
    Escalate,
    Clear,
    Close,
}

impl People {
    /// The stories of this seed, which begin from `from` on and end before `until`; of all, or of one alone.
    pub fn new(seed: u64, tickets: usize, only: Option<usize>, from: Timestamp, until: Timestamp) -> Self {
        let mut dice = Dice::of(seed, "bulk");
        let seconds = usize::try_from(until.duration_since(from).as_secs()).unwrap_or(1).max(1);
        let begin = |dice: &mut Dice| from + SignedDuration::from_secs(dice.below(seconds * 3 / 4) as i64);
        let stories = (1..=tickets).filter(|it| only.is_none_or(|only| only == *it)).map(|number| {
            let mut dice = Dice::of(seed, &format!("ticket {number}"));
            let at = begin(&mut dice);
            Story::new(number, at, dice)
        });
        let stories = stories.collect();
        let days = seconds / 86_400;
        let mut bulk = Vec::new();
        for _ in 0..days.max(1) {
            // Early enough that people go on with them.
            let at = from + SignedDuration::from_secs(dice.below(seconds * 2 / 3) as i64);
            bulk.push((at, *dice.one(&[Bulk::Escalate, Bulk::Escalate, Bulk::Clear, Bulk::Close])));
        }
        Self { stories, bulk, dice }
    }

    /// Everybody begins to work.
    pub fn join(world: &World) {
        for it in AGENTS.iter().flatten().filter(|it| it.user != SAM.user) {
            world.hubspot.hire(Owner::new(it.owner, it.user.0, it.name));
            world.slack.join(it.slack, it.name);
        }
    }

    /// When somebody does something next.
    pub fn next_due(&self) -> Option<Timestamp> {
        let acts = self.stories.iter().filter_map(|it| it.next);
        acts.chain(self.bulk.iter().map(|it| it.0)).min()
    }

    /// Everybody does what they do by now; nobody does anything after `until`. Says how many acts there were.
    pub fn run_due(&mut self, world: &World, now: Timestamp, until: Timestamp) -> usize {
        let tickets: Vec<TicketId> = self.stories.iter().filter_map(|it| it.ticket).collect();
        let mut acts = 0;
        for at in 0..self.stories.len() {
            let story = &mut self.stories[at];
            if story.next.is_none_or(|it| it > now) {
                continue;
            }
            let was = story.formerly.len();
            acts += usize::from(story.act(world, now, &tickets));
            let pause = story.pause.take().unwrap_or_else(|| *story.dice.one(&PAUSES));
            story.left = story.left.saturating_sub(1);
            let is_over = story.left == 0;
            story.next = Some(now + SignedDuration::from_secs(pause)).filter(|it| *it < until && !is_over);
            if story.formerly.len() > was {
                self.follow_merge(world, at);
            }
        }
        let due: Vec<_> = self.bulk.extract_if(.., |it| it.0 <= now).collect();
        for (_, bulk) in due {
            acts += self.edit(world, now, bulk);
        }
        acts
    }

    /// Whose ticket was merged into another story's goes on there.
    fn follow_merge(&mut self, world: &World, at: usize) {
        let id = |story: &Story| world.hubspot.value(story.ticket?, "hs_object_id");
        let survivor = id(&self.stories[at]);
        for other in (0..self.stories.len()).filter(|it| *it != at) {
            if survivor.is_some() && id(&self.stories[other]) == survivor {
                let [one, other] = self.stories.get_disjoint_mut([at, other]).expect("they are two");
                one.takes_over(other);
            }
        }
    }

    /// Somebody selects many tickets and edits them in one go.
    fn edit(&mut self, world: &World, now: Timestamp, bulk: Bulk) -> usize {
        let act = match bulk {
            Bulk::Escalate => Act::Escalate,
            Bulk::Clear => Act::Clear,
            Bulk::Close => Act::Close,
        };
        let count = self.stories.len();
        let first = self.dice.below(count);
        let mut acts = 0;
        for at in (0..BULK.min(count / 4)).map(|it| (first + it) % count) {
            let story = &mut self.stories[at];
            acts += usize::from(story.ticket.is_some() && story.does(world, now, act));
        }
        acts
    }
}

/// Who of a shift works at this time, in London.
pub fn hour(now: Timestamp) -> i8 {
    let london = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    now.to_zoned(london).hour()
}

/// The Shift Lead who answers at this time.
pub fn lead_at(now: Timestamp) -> Member {
    match hour(now) {
        8..17 => DANA,
        17..22 => OMAR,
        _ => PRIYA,
    }
}

/// The shift of agents that works at this time.
pub fn shift_at(now: Timestamp) -> usize {
    usize::from(!(6..15).contains(&hour(now)))
}
