//! What people may do with a ticket, and how likely they are to, as it stands.

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Makes the ticket.
    Create,
    /// Writes all five points.
    WriteAll,
    /// Writes all five points, as a comment of the help desk.
    CommentAll,
    /// Writes some of the points.
    WriteSome,
    /// Writes the points that are not in [`Act::WriteSome`].
    WriteRest,
    /// Writes a story without headings.
    WriteStory,
    /// Edits the last note: now it has all points, or has lost some.
    EditNote,
    /// Sets Escalation Type to Shift Lead.
    Escalate,
    /// Sets it to Tech, as an agent.
    ChooseTech,
    /// Clears it.
    Clear,
    /// Clears it and sets it again.
    Flap,
    /// Answers the customer.
    Reply,
    /// Answers the customer, in vain.
    ReplyInVain,
    /// Logs a call in which they spoke.
    Call,
    /// Logs a call that nobody took.
    CallNobody,
    /// The customer writes.
    CustomerWrites,
    /// Says that the customer was told by phone.
    SayTold,
    /// Says that the customer cannot be reached, and why.
    SayUnreachable,
    /// Says so without a reason.
    SayUnreachableOnly,
    /// Moves it to another open stage.
    MoveOn,
    /// Closes it.
    Close,
    /// An automation of the account closes it.
    AutoClose,
    /// Closes it as spam.
    Spam,
    /// Opens it again.
    Reopen,
    /// Gives it another name.
    Rename,
    /// Gives it to another agent.
    HandOver,
    /// Deletes it.
    Delete,
    /// Brings it back.
    Restore,
    /// Merges another ticket into it; both go on in one.
    Merge,
    /// A Shift Lead comments.
    LeadComments,
    /// A Shift Lead answers the customer.
    LeadReplies,
    /// A Shift Lead sends it to Tech.
    SendToTech,
    /// A Shift Lead takes it back.
    TakeBack,
    /// Names an issue that was made by hand.
    NameGood,
    /// Names the issue of another ticket.
    NameAnothers,
    /// Writes what is no key.
    NameNonsense,
    /// Takes the key away.
    NameNone,
    /// Tech moves the issue on.
    TechMoves,
    /// Tech takes it up again.
    TechReopens,
    /// Tech comments.
    TechComments,
    /// Tech comments for support.
    TechCommentsForSupport,
    /// Tech moves the issue to another project.
    TechMovesProject,
    /// Tech closes it as a duplicate.
    TechClosesAsDuplicate,
    /// Tech deletes it.
    TechDeletes,
}

/// A ticket as people see it.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Whether it is deleted.
    pub is_deleted: bool,
    /// Escalation Type.
    pub kind: String,
    /// Whether it was ever set.
    pub was_escalated: bool,
    /// Whether it is in a closed stage.
    pub is_closed: bool,
    /// Whether there is a conversation.
    pub has_thread: bool,
    /// Whether there is a note of theirs.
    pub has_note: bool,
    /// Whether a Shift Lead has answered in this escalation.
    pub is_reviewed: bool,
    /// Whether the customer was answered after that.
    pub is_told: bool,
    /// Its issue's status, where it names one that is there.
    pub issue: Option<String>,
}

/// What may be done, each so often among the others.
pub fn options(seen: &Seen) -> Vec<(usize, Act)> {
    if seen.is_deleted {
        return vec![(1, Act::Restore)];
    }
    let mut options = vec![(4, Act::MoveOn), (3, Act::Rename), (4, Act::HandOver), (2, Act::Delete), (3, Act::Merge)];
    options.extend(talk(seen));
    options.extend(escalation(seen));
    options.extend(ending(seen));
    options.extend(reference(seen));
    options.extend(seen.issue.as_deref().map(tech).unwrap_or_default());
    options.extend(match seen.is_closed {
        true => vec![(25, Act::Reopen)],
        false => vec![(20, Act::Close), (3, Act::AutoClose), (3, Act::Spam)],
    });
    options
}

fn talk(seen: &Seen) -> Vec<(usize, Act)> {
    let mut options = vec![(5, Act::Call), (4, Act::CallNobody), (30, Act::WriteAll), (14, Act::WriteSome)];
    options.extend([(8, Act::WriteRest), (10, Act::WriteStory), (5, Act::SayTold), (3, Act::SayUnreachable)]);
    options.push((3, Act::SayUnreachableOnly));
    if seen.has_thread {
        options.extend([(22, Act::Reply), (4, Act::ReplyInVain), (8, Act::CustomerWrites), (8, Act::CommentAll)]);
    }
    if seen.has_note {
        options.push((6, Act::EditNote));
    }
    options
}

fn escalation(seen: &Seen) -> Vec<(usize, Act)> {
    match (&*seen.kind, seen.was_escalated) {
        ("", false) => vec![(90, Act::Escalate), (8, Act::ChooseTech)],
        ("", true) => vec![(14, Act::Escalate), (3, Act::ChooseTech), (8, Act::LeadComments)],
        (kind, _) => {
            let mut options = vec![(24, Act::Clear), (6, Act::Flap), (34, Act::LeadComments)];
            if seen.has_thread {
                options.push((10, Act::LeadReplies));
            }
            options.extend(match kind {
                "tech" => vec![(12, Act::TakeBack), (4, Act::Escalate)],
                _ => vec![(34, Act::SendToTech), (7, Act::ChooseTech)],
            });
            options
        }
    }
}

/// Who was answered tells the customer, and who told the customer clears and closes it.
fn ending(seen: &Seen) -> Vec<(usize, Act)> {
    match (seen.is_reviewed, seen.is_told, seen.kind.is_empty(), seen.is_closed) {
        (true, false, _, _) if seen.has_thread => vec![(70, Act::Reply)],
        (true, false, _, _) => vec![(50, Act::Call), (15, Act::SayTold)],
        (true, true, false, _) => vec![(90, Act::Clear), (40, Act::Close)],
        (true, true, true, false) => vec![(130, Act::Close)],
        _ => Vec::new(),
    }
}

fn reference(seen: &Seen) -> Vec<(usize, Act)> {
    match seen.kind.is_empty() {
        true => Vec::new(),
        false => vec![(3, Act::NameGood), (3, Act::NameAnothers), (3, Act::NameNonsense), (2, Act::NameNone)],
    }
}

fn tech(status: &str) -> Vec<(usize, Act)> {
    let mut options = vec![(6, Act::TechComments), (10, Act::TechCommentsForSupport)];
    options.extend([(3, Act::TechMovesProject), (2, Act::TechDeletes)]);
    options.extend(match status {
        "Done" => vec![(8, Act::TechReopens)],
        _ => vec![(40, Act::TechMoves), (3, Act::TechClosesAsDuplicate)],
    });
    options
}
