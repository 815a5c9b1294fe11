//! The requests of `events/jira-callback`, answered as `events/README.md` says.

use crate::bench::events::are_answered_as_the_readme_says;

#[tokio::test]
async fn every_request_is_answered_as_the_readme_says() {
    are_answered_as_the_readme_says("jira-callback").await;
}
