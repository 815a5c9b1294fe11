//! What the procedure lists under "when to escalate".

/// A reason to escalate, in the order of the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trigger {
    /// A breach, or the fear of one.
    Security,
    /// Records are gone or spoilt.
    DataLoss,
    /// Nobody at the customer's can work.
    Outage,
    /// A lawyer, a court, a regulator or the police, as a threat or a fact.
    Legal,
    /// The press, or a public that listens to the customer.
    MediaPr,
    /// Anger far beyond annoyance.
    SevereDissatisfaction,
    /// The customer is about to leave.
    ChurnRisk,
    /// Asked too often, or open for too long.
    UnresolvedAttempts,
    /// Needs more than support knows or may do.
    TechnicalScope,
    /// Our product malfunctions.
    Bug,
    /// A large customer asks for a feature.
    EnterpriseFeatureRequest,
    /// A large amount is disputed.
    BillingDispute,
    /// The customer wants to speak with management.
    ManagerRequest,
    /// A specialist could answer it, at leisure.
    SpecialistQuestion,
    /// Our product is used for what it was not made for.
    UnusualUseCase,
    /// How we work could be better.
    ProcessSuggestion,
    /// An agent wants somebody to look over an answer.
    SecondOpinion,
}

/// How soon a trigger wants somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Class {
    /// Nothing to escalate.
    #[default]
    None,
    /// May be escalated.
    Optional,
    /// Is to be escalated.
    Standard,
    /// Is to be escalated at once.
    Immediate,
}

impl Trigger {
    /// Every trigger, in order.
    pub const ALL: [Self; 17] = [
        Self::Security,
        Self::DataLoss,
        Self::Outage,
        Self::Legal,
        Self::MediaPr,
        Self::SevereDissatisfaction,
        Self::ChurnRisk,
        Self::UnresolvedAttempts,
        Self::TechnicalScope,
        Self::Bug,
        Self::EnterpriseFeatureRequest,
        Self::BillingDispute,
        Self::ManagerRequest,
        Self::SpecialistQuestion,
        Self::UnusualUseCase,
        Self::ProcessSuggestion,
        Self::SecondOpinion,
    ];

    /// The name in properties and policies.
    pub fn code(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::DataLoss => "data_loss",
            Self::Outage => "outage",
            Self::Legal => "legal",
            Self::MediaPr => "media_pr",
            Self::SevereDissatisfaction => "severe_dissatisfaction",
            Self::ChurnRisk => "churn_risk",
            Self::UnresolvedAttempts => "unresolved_attempts",
            Self::TechnicalScope => "technical_scope",
            Self::Bug => "bug",
            Self::EnterpriseFeatureRequest => "enterprise_feature_request",
            Self::BillingDispute => "billing_dispute",
            Self::ManagerRequest => "manager_request",
            Self::SpecialistQuestion => "specialist_question",
            Self::UnusualUseCase => "unusual_use_case",
            Self::ProcessSuggestion => "process_suggestion",
            Self::SecondOpinion => "second_opinion",
        }
    }

    /// The trigger of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Security => "security concern",
            Self::DataLoss => "data loss",
            Self::Outage => "outage",
            Self::Legal => "legal threat",
            Self::MediaPr => "media or PR",
            Self::SevereDissatisfaction => "severe dissatisfaction",
            Self::ChurnRisk => "customer may leave",
            Self::UnresolvedAttempts => "unresolved for too long",
            Self::TechnicalScope => "beyond support's scope",
            Self::Bug => "bug",
            Self::EnterpriseFeatureRequest => "enterprise feature request",
            Self::BillingDispute => "billing dispute",
            Self::ManagerRequest => "asks for management",
            Self::SpecialistQuestion => "question for a specialist",
            Self::UnusualUseCase => "unusual use case",
            Self::ProcessSuggestion => "process suggestion",
            Self::SecondOpinion => "second opinion wanted",
        }
    }

    /// How soon it wants somebody. That a customer may leave is immediate because a contract at
    /// risk is.
    pub fn class(self) -> Class {
        match self {
            Self::Security
            | Self::DataLoss
            | Self::Outage
            | Self::Legal
            | Self::MediaPr
            | Self::SevereDissatisfaction
            | Self::ChurnRisk => Class::Immediate,
            Self::UnresolvedAttempts
            | Self::TechnicalScope
            | Self::Bug
            | Self::EnterpriseFeatureRequest
            | Self::BillingDispute
            | Self::ManagerRequest => Class::Standard,
            Self::SpecialistQuestion | Self::UnusualUseCase | Self::ProcessSuggestion | Self::SecondOpinion => {
                Class::Optional
            }
        }
    }

    /// Whether what suggested it may be read in a restricted channel only.
    pub fn is_sensitive(self) -> bool {
        matches!(self, Self::Security | Self::Legal)
    }
}

impl Class {
    /// Every class, the least urgent first.
    pub const ALL: [Self; 4] = [Self::None, Self::Optional, Self::Standard, Self::Immediate];

    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Optional => "optional",
            Self::Standard => "standard",
            Self::Immediate => "immediate",
        }
    }
}

/// Codes as HubSpot joins the options of a list.
pub fn codes(triggers: &[Trigger]) -> String {
    triggers.iter().map(|it| it.code()).collect::<Vec<_>>().join(";")
}

/// The most urgent class among the triggers.
pub fn class_of(triggers: impl IntoIterator<Item = Trigger>) -> Class {
    triggers.into_iter().map(Trigger::class).max().unwrap_or_default()
}
