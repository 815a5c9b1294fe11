//! What is wrong with a policy is said with its line and what to do.

use super::*;

#[track_caller]
fn check(replace: &str, by: &str, expected: &str) {
    assert!(DEFAULT.contains(replace), "the shipped policy has no `{replace}`");
    let wrong = Policy::parse(&DEFAULT.replacen(replace, by, 1), "policy.toml").unwrap_err().to_string();
    assert!(wrong.contains(expected), "said: {wrong}");
}

#[test]
fn the_shipped_policy_is_right() {
    Policy::parse(DEFAULT, "policy.toml").map_err(|wrong| wrong.to_string()).unwrap();
}

#[test]
fn a_misspelt_key_is_refused_with_its_line_and_the_remedy() {
    let wrong = Policy::parse(&DEFAULT.replace("lookback_days", "lookbak_days"), "my.toml").unwrap_err().to_string();
    let line = DEFAULT.lines().position(|it| it.starts_with("lookback_days")).unwrap() + 1;
    assert!(wrong.starts_with(&format!("my.toml:{line}: unknown field `lookbak_days`")), "said: {wrong}");
    assert!(wrong.contains("correct its spelling or remove it"), "said: {wrong}");
    assert!(wrong.ends_with("lookbak_days = 7"), "said: {wrong}");
}

#[test]
fn wrong_values_are_refused_with_what_to_write() {
    check("\"Europe/London\"", "\"Europe/Lodnon\"", "write an IANA name");
    check("lookback_days = 7", "lookback_days = 0", "from 1 to 365");
    check(
        "waiting_minutes = 30",
        "waiting_minutes = \"30\"",
        "invalid type: string \"30\"; write a whole number, without quotes",
    );
    check("lookback_days = 7", "lookback_days = 7.5", "`7.5`; write a whole number, without quotes");
    check("warn_at_percent = 75", "warn_at_percent = \"75\"", "without quotes");
    check("alarm_minutes = 30", "alarm_minutes = 0", "from 1 to 1440");
    check("mode = \"warn\"", "mode = \"warm\"", "unknown variant `warm`, expected one of `warn`, `fix`, `off`");
    check("4 = \"closed\"", "4 = \"shut\"", "`shut` is no role of a stage; write one of new, ");
    check("4 = \"closed\"", "4 = \"new\"", "give that role to a stage in which tickets are closed");
    check("\"escalation_hints\"", "\"Escalation Hints\"", "not a property's internal name");
    check("tech_by = \"shift_leads\"", "tech_by = \"agents\"", "expected `shift_leads` or `anyone`");
    check("waiting_minutes = 30", "waiting_minutes = -1", "from 0 to 1440");
    check("issue_reminder = \"1h\"", "issue_reminder = \"soon\"", "`soon` is no target");
    check("done_reminder = \"1 day\"", "done_reminder = \"0 days\"", "at least a minute");
    check("warn_at_percent = 75", "warn_at_percent = 100", "from 1 to 99");
    check("[\"notes\", \"conversations\"]", "[]", "no source of comments");
    check("[\"notes\", \"conversations\"]", "[\"emails\"]", "unknown variant `emails`");
    check("# ignore_before = \"2026-01-01T00:00:00Z\"", "ignore_before = \"1 January\"", "policy.toml:");
}

#[test]
fn a_section_that_is_gone_is_named() {
    check("[naming]", "[namings]", "unknown field `namings`");
    check("[naming]\n", "", "policy.toml:");
}

#[test]
fn the_same_pipeline_twice_is_refused() {
    let twice = format!("{DEFAULT}\n[[pipelines]]\nid = \"0\"\nstages = {{ 9 = \"closed\" }}\n");
    let wrong = Policy::parse(&twice, "policy.toml").unwrap_err().to_string();
    assert!(wrong.contains("stands here twice"), "said: {wrong}");
}

#[test]
fn an_alias_that_is_another_points_label_is_refused() {
    check("issue = []                # issue", "issue = [\"Blocker\"] # issue", "Blocker");
}

#[test]
fn the_type_that_every_escalation_begins_with_cannot_be_ignored() {
    let shipped = "ignored_types = [\"internal_note\"]";
    let line = DEFAULT.lines().position(|it| it == shipped).unwrap() + 1;
    let said = "`shift_lead` is how every escalation begins: were it ignored, none would come into a lane; take it out \
                of this list";
    check(shipped, "ignored_types = [\"internal_note\", \"shift_lead\"]", &format!("policy.toml:{line}: {said}"));
    let without_tech = DEFAULT.replace(shipped, "ignored_types = [\"tech\"]");
    let escalation = Policy::parse(&without_tech, "policy.toml").unwrap().escalation;
    assert!(escalation.escalates("shift_lead") && !escalation.escalates("tech"));
}

#[test]
fn two_keys_for_one_property_are_refused_by_the_line_of_one() {
    let line = DEFAULT.lines().position(|it| it.starts_with("state = ")).unwrap() + 1;
    let said = "`state` and `lane` have one name, `escalation_lane`; name another property";
    check("\"escalation_state\"", "\"escalation_lane\"", &format!("policy.toml:{line}: {said}"));
}

/// Both sides of the shortest, and of the longest.
#[test]
fn a_horizon_covers_what_jira_finds_late_and_does_late() {
    let of = |seconds: &str| DEFAULT.replace("horizon_seconds = 180", &format!("horizon_seconds = {seconds}"));
    for (right, seconds) in [("165", 165), ("86400", 86_400)] {
        let policy = Policy::parse(&of(right), "policy.toml").unwrap();
        assert_eq!(policy.ledger.times().horizon, std::time::Duration::from_secs(seconds));
    }
    for wrong in ["1", "164", "-1"] {
        let said = format!("{wrong} is too short: Jira's search may lack a new issue for 150 seconds");
        check("horizon_seconds = 180", &format!("horizon_seconds = {wrong}"), &said);
    }
    check("horizon_seconds = 180", "horizon_seconds = 86401", "out of bounds; write a whole number from 165 to 86400");
}
