//! How an escalation began: who wanted it, and how the customer reached us.

/// Who wanted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The customer, in words of their own.
    Customer,
    /// The agent.
    Agent,
    /// Software.
    System,
}

impl Origin {
    /// All of them, in the order of the property's options.
    pub const ALL: [Self; 3] = [Self::Customer, Self::Agent, Self::System];

    /// The option's internal name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Agent => "agent",
            Self::System => "system",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Customer => "Customer",
            Self::Agent => "Agent",
            Self::System => "System",
        }
    }
}

/// How the customer reached us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// By e-mail.
    Email,
    /// By phone.
    Phone,
    /// By text message.
    Sms,
    /// In a chat.
    Chat,
    /// In Slack.
    Slack,
    /// In some other way.
    Other,
}

impl Channel {
    /// All of them, in the order of the property's options.
    pub const ALL: [Self; 6] = [Self::Email, Self::Phone, Self::Sms, Self::Chat, Self::Slack, Self::Other];

    /// The option's internal name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Sms => "sms",
            Self::Chat => "chat",
            Self::Slack => "slack",
            Self::Other => "other",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Email => "Email",
            Self::Phone => "Phone",
            Self::Sms => "SMS",
            Self::Chat => "Chat",
            Self::Slack => "Slack",
            Self::Other => "Other",
        }
    }
}
