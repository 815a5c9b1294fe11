//! The ledger against a real DynamoDB over HTTP: embedded, or the one `LEDGER_DYNAMODB_URL` names.
//!
//! Which checks of other idempotency libraries stand here (the numbers are in the tests' comments):
//!
//! | P | where, or why not |
//! | --- | --- |
//! | 1, 20 | `requests`: the exact bodies |
//! | 2-11, 16, 17, 19, 22, 23, 25, 26, 28, 30 | below and in `matrix` |
//! | 12-14, 27 | `escalation::ledger::effect`: keys in order, missing parts of an identity |
//! | 15 | an effect is a value that is complete before the visit: there is nothing to mutate |
//! | 18 | there is no cache: a record that is read each time cannot be stale |
//! | 21 | there is no switch to turn it off |
//! | 24 | is 7 with another expectation: a record past its date still counts until collected |
//! | 29 | a batch is many effects: below, one that fails leaves the next alone |

mod agenda;
mod at_most_once;
pub(crate) mod bench;
mod faults;
mod kept;
mod lost;
mod matrix;
mod quota;
mod requests;
mod second_step;
mod visits;
mod window;
