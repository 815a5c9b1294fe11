//! The world in which a function is measured: tickets of the last minutes, and who asks about them.

use provision::project::webhooks::watched;
use std::collections::VecDeque;
use std::fs;
use std::time::Duration;

use anyhow::{Context, ensure};
use escalation::id::TicketId;
use escalation::policy::Policy;
use escalation::runtime::Endpoint as _;
use hubspot_events::HubSpotEvents;

use super::calls::{Calls, Counter};
use super::case::{Case, Scene};
use crate::host::Report;
use crate::product::{JIRA_CALLBACK_SECRET, Product, SWEEP, Setup};
use crate::team::{DANA, DIGEST_ABOVE, SAM, Team};
use crate::world::hubspot::id::CompanyId;
use crate::world::hubspot::webhooks::Webhooks;
use crate::world::jira::automation::{Callback, Sender};
use crate::world::{hubspot, jira, slack};

/// The tickets were escalated within this time, evenly, so that each gets a card in Slack and no digest.
const SPREAD: Duration = Duration::from_mins(20);

/// What happened to them took this much in all, and is over: the world is at the machine's time then,
/// which is the only one that a released function knows.
const PAST: Duration = Duration::from_mins(30);

/// What a schedule sends.
const SCHEDULED: &str = include_str!("../../../events/sweep/scheduled.json");

const FIVE: [&str; 5] = [
    "Issue: Table 14 was charged twice, GBP 46.20 each; the guest expects one charge back today.",
    "Investigated: Both payments show as captured, same basket id.",
    "Action Taken: Apologised, took a screenshot of the bank app.",
    "Blocker: Refunds above GBP 40 need a lead.",
    "Required to Resolve: Approve the refund of the second charge.",
];

/// A world with one function that is asked.
pub(super) struct Stage {
    product: Product,
    case: Case,
    counter: Counter,
    webhooks: Webhooks,
    rule: Callback,
    company: CompanyId,
    /// Those that nobody has asked about, with the issue that each follows, if it follows one.
    tickets: VecDeque<(TicketId, Option<String>)>,
    /// Its policy's file is there as long as this.
    _team: Team,
}

impl Stage {
    /// Opens a world in which so many requests can be made.
    pub(super) async fn open(case: Case, setup: Setup, requests: usize) -> anyhow::Result<Self> {
        let team = Team::new()?;
        fs::write(team.policy(), policy(&fs::read_to_string(team.policy())?)?)?;
        let product = Product::start(Setup {
            hubspot: hubspot::Settings { limits: hubspot::limit::Limits::NONE, ..hubspot::Settings::default() },
            slack: Some(slack::Settings { limits: slack::limit::Limits::NONE, ..slack::Settings::default() }),
            jira: jira::Settings { limits: jira::limit::Limits::NONE, ..jira::Settings::default() },
            workflows: Vec::new(),
            policy: Some(team.policy().to_owned()),
            begun: PAST,
            ..setup
        })
        .await?;
        team.joins(&product.world);
        let company = product.world.hubspot.company("Harbour Grill", "harbourgrill.example");
        let subscribed = watched(&Policy::shipped().properties);
        let (app, path) = (product.app().clone(), HubSpotEvents::PATH);
        let webhooks = product.world.hubspot.tell_app(app, &product.host.url(), path, subscribed);
        let counter = Counter::of(case.function, &product);
        let rule = product.world.jira.tell(Sender::Rule, &product.jira_events_url(), JIRA_CALLBACK_SECRET);
        let mut stage = Self { product, case, counter, webhooks, rule, company, tickets: VecDeque::new(), _team: team };
        stage.past(u32::try_from(requests)?)?;
        Ok(stage)
    }

    /// What happened until now.
    fn past(&mut self, requests: u32) -> anyhow::Result<()> {
        let mut left = PAST;
        let mut pass = |time: Duration| {
            left -= time;
            self.product.clock.advance(time)
        };
        let mut tickets = Vec::new();
        for _ in 0..requests {
            tickets.push(self.escalated()?);
            pass(SPREAD / requests)?;
        }
        match self.case.scene {
            Scene::SentToTech => tickets.iter().try_for_each(|it| self.dana(*it, "escalation_type", "tech"))?,
            Scene::Ended => {
                tickets.iter().try_for_each(|it| self.decided(*it))?;
                pass(Duration::from_mins(1))?;
                tickets.iter().try_for_each(|it| self.ended(*it))?;
            }
            _ => {}
        }
        for ticket in tickets {
            let issue = (self.case.scene == Scene::Moved).then(|| self.followed(ticket)).transpose()?;
            self.tickets.push_back((ticket, issue));
        }
        self.product.clock.advance(left)?;
        Ok(())
    }

    fn escalated(&self) -> anyhow::Result<TicketId> {
        let sam = self.product.world.hubspot.agent(SAM.user);
        let owner = SAM.owner.to_string();
        let named = [("subject", "Escalation - Harbour Grill - Double charge"), ("hubspot_owner_id", &*owner)];
        let ticket = sam.create_ticket(&named)?;
        sam.associate_company(ticket, self.company)?;
        let points = if self.case.scene == Scene::Incomplete { 3 } else { FIVE.len() };
        sam.write_note(ticket, &FIVE[..points].iter().map(|it| format!("<p>{it}</p>")).collect::<String>())?;
        sam.set(ticket, "escalation_type", "shift_lead")?;
        Ok(ticket)
    }

    fn dana(&self, ticket: TicketId, property: &str, value: &str) -> anyhow::Result<()> {
        self.product.world.hubspot.agent(DANA.user).set(ticket, property, value)
    }

    fn decided(&self, ticket: TicketId) -> anyhow::Result<()> {
        let hubspot = &self.product.world.hubspot;
        hubspot.agent(DANA.user).write_note(ticket, "<p>Refund approved.</p>").map(drop)
    }

    fn ended(&self, ticket: TicketId) -> anyhow::Result<()> {
        let hubspot = &self.product.world.hubspot;
        let (sam, contact) = (hubspot.agent(SAM.user), hubspot.contact("Jo", "Park", "jo@harbourgrill.example"));
        let thread = hubspot.open_thread(ticket, contact)?;
        sam.reply(thread, "We refund the second charge today.")?;
        sam.set(ticket, "escalation_type", "")?;
        sam.move_to(ticket, "4")
    }

    /// The issue that it follows from now on.
    fn followed(&self, ticket: TicketId) -> anyhow::Result<String> {
        let jira = &self.product.world.jira;
        let key = jira.created_by_hand("TECH", "Bug", "Double charge");
        let label = format!("hs-ticket-{}-{ticket}", self.product.world.hubspot.settings().portal);
        jira.label(&key, &[&label]);
        self.dana(ticket, "escalation_type", "tech")?;
        self.dana(ticket, "jira_reference", &key)?;
        Ok(key)
    }

    /// Makes the next request, to a fresh process or not, and sees that it is served; what it asked of others.
    pub(super) async fn ask(&mut self, afresh: bool) -> anyhow::Result<Calls> {
        let (ticket, issue) = self.tickets.pop_front().context("more requests than tickets")?;
        self.happens(ticket, issue.as_deref())?;
        if afresh {
            self.product.host.kill(self.case.function);
        }
        self.counter.take();
        let answer = self.deliver(ticket).await?;
        let calls = self.counter.take();
        ensure!(answer == Some(200), "{} was answered {answer:?}\n{}", self.case.function, self.last_words());
        if let Some((property, begins)) = self.case.leaves {
            let value = self.product.world.hubspot.value(ticket, property).unwrap_or_default();
            let function = self.case.function;
            ensure!(value.starts_with(begins), "{function} left {property} = `{value}`\n{}", self.last_words());
        }
        self.forget();
        Ok(calls)
    }

    /// What makes somebody ask.
    fn happens(&mut self, ticket: TicketId, issue: Option<&str>) -> anyhow::Result<()> {
        self.webhooks.forget();
        if self.case.scene == Scene::Noted {
            let sam = self.product.world.hubspot.agent(SAM.user);
            sam.write_note(ticket, "<p>The guest called again.</p>")?;
        }
        if let Some(issue) = issue {
            self.product.world.jira.move_issue(issue, "In Progress");
        }
        Ok(())
    }

    async fn deliver(&mut self, ticket: TicketId) -> anyhow::Result<Option<u16>> {
        let one = |answers: Vec<Option<u16>>| if let [answer] = *answers { answer } else { None };
        Ok(match self.case.scene {
            Scene::Noted => one(self.webhooks.run().await),
            Scene::Moved => self.rule.run().await.pop().flatten(),
            Scene::Quiet => self.product.host.invoke(SWEEP, SCHEDULED).await.map(|_| Some(200))?,
            _ => self.product.deliver(self.case.function, ticket, 1).await?.pop(),
        })
    }

    /// The vendors' journals and the table's requests are of no use here, and would grow.
    fn forget(&self) {
        self.product.world.hubspot.journal().clear();
        self.product.world.slack.journal().clear();
        self.product.world.jira.journal().clear();
        self.product.dynamo.forget();
    }

    fn last_words(&self) -> String {
        let lines = self.product.host.logs();
        let last = lines.iter().rev().take(5).rev();
        last.map(|it| it.to_string()).collect::<Vec<_>>().join("\n")
    }

    /// One for each request, and ends the world.
    pub(super) fn reports(self) -> Vec<Report> {
        let reports = self.product.host.reports();
        self.product.finish();
        reports.into_iter().filter(|it| it.function == self.case.function).collect()
    }
}

/// The team's policy, but somebody is on duty at each hour, and each escalation has a card of its own:
/// what is measured must not depend on the hour.
fn policy(of_the_team: &str) -> anyhow::Result<String> {
    let (before, _) = of_the_team.split_once("\n[[rota.shifts]]").context("the team's policy has no shift")?;
    let digest = format!("digest_above = {DIGEST_ABOVE}\n");
    ensure!(before.contains(&digest), "the team's policy has no `{digest}`");
    let always = format!(
        "\n[[rota.shifts]]\ndays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]\n\
         from = \"00:00\"\nto = \"24:00\"\nwho = [\"{}\"]\n",
        DANA.name
    );
    Ok(before.replace(&digest, "digest_above = 900\n") + &always)
}
