//! The requests of `events/hubspot-events`, answered as `events/README.md` says.

use crate::bench::events::are_answered_as_the_readme_says;

#[tokio::test]
async fn every_request_is_answered_as_the_readme_says() {
    Box::pin(are_answered_as_the_readme_says("hubspot-events")).await;
}
