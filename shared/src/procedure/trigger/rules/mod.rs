//! Which words suggest which trigger, as tables of patterns.

mod fault;
mod harm;
pub(super) mod implied;
pub(super) mod lexicon;
mod mood;
mod optional;
pub(super) mod silence;
mod standard;
mod threat;

use std::sync::LazyLock;

use super::Trigger;
use super::pattern::Pattern;
use super::scope::ScopeRules;
use super::vocabulary::Vocabulary;

/// The shipped tables, ready for use.
pub(super) struct Shipped {
    pub(super) vocabulary: Vocabulary,
    /// By trigger.
    pub(super) rules: Vec<Vec<Pattern>>,
    /// What a text implies that says nothing plainer.
    pub(super) implied: Vec<(Trigger, Vec<Pattern>)>,
    /// What only a large customer says.
    pub(super) large: Vec<Pattern>,
    pub(super) scope_rules: ScopeRules,
}

/// Built when the first text is read.
pub(super) fn shipped() -> &'static Shipped {
    static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
        let mut vocabulary = Vocabulary::new(lexicon::LEXICON);
        let rules = Trigger::ALL.map(|it| Pattern::table(table(it), &mut vocabulary)).into();
        let implied = implied::IMPLIED.iter().map(|it| (it.0, Pattern::table(it.1, &mut vocabulary))).collect();
        let large = Pattern::table(standard::LARGE, &mut vocabulary);
        let scope_rules = ScopeRules::new(&silence::TABLES, &mut vocabulary);
        Shipped { vocabulary, rules, implied, large, scope_rules }
    });
    &SHIPPED
}

/// How a trigger listens: what silences a report need not silence a threat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ear {
    /// Something happened: `If there were an outage …` tells of none.
    Report,
    /// Somebody means to do something or feels something: `If this is not fixed, I will sue`.
    Claim,
    /// Somebody wants something: a question is one.
    Ask,
}

impl Ear {
    pub(super) fn of(trigger: Trigger) -> Self {
        match trigger {
            Trigger::Security | Trigger::DataLoss | Trigger::Outage | Trigger::Bug => Self::Report,
            Trigger::Legal | Trigger::MediaPr | Trigger::SevereDissatisfaction | Trigger::ChurnRisk => Self::Claim,
            _ => Self::Ask,
        }
    }
}

pub(super) fn table(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::Security => harm::SECURITY,
        Trigger::DataLoss => harm::DATA_LOSS,
        Trigger::Outage => fault::OUTAGE,
        Trigger::Bug => fault::BUG,
        Trigger::Legal => threat::LEGAL,
        Trigger::MediaPr => threat::MEDIA_PR,
        Trigger::SevereDissatisfaction => mood::SEVERE_DISSATISFACTION,
        Trigger::ChurnRisk => mood::CHURN_RISK,
        Trigger::UnresolvedAttempts => standard::UNRESOLVED_ATTEMPTS,
        Trigger::TechnicalScope => standard::TECHNICAL_SCOPE,
        Trigger::EnterpriseFeatureRequest => standard::ENTERPRISE_FEATURE_REQUEST,
        Trigger::BillingDispute => standard::BILLING_DISPUTE,
        Trigger::ManagerRequest => standard::MANAGER_REQUEST,
        Trigger::SpecialistQuestion => optional::SPECIALIST_QUESTION,
        Trigger::UnusualUseCase => optional::UNUSUAL_USE_CASE,
        Trigger::ProcessSuggestion => optional::PROCESS_SUGGESTION,
        Trigger::SecondOpinion => optional::SECOND_OPINION,
    }
}
