//! Kills the function at the calls that it is told to die at.

use std::collections::VecDeque;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Death, FUNCTION};
use crate::dynamo::{Moment, Request, Step};
use crate::product::Product;
use crate::world::call::Target;
use crate::world::fault::{Effect, Fault};
use crate::world::journal::Pattern;

/// Where the function dies next.
#[derive(Clone, Default)]
pub(super) struct Deaths(Arc<Mutex<Coming>>);

#[derive(Default)]
pub(super) struct Coming {
    pub(super) next: VecDeque<Death>,
    /// A call whose caller died before it was on its way comes by once more, at its end.
    unsent: Option<&'static str>,
}

impl Deaths {
    pub(super) fn lock(&self) -> MutexGuard<'_, Coming> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this call is the next one's place, which is then done with.
    fn strikes(&self, when: Moment, is_it: impl Fn(&str) -> bool) -> Option<&'static str> {
        let mut deaths = self.lock();
        let death = deaths.next.pop_front_if(|it| it.when == when && is_it(it.at))?;
        Some(death.at)
    }

    pub(super) fn at_vendors(&self, product: &Product) {
        let (hubspot, jira) = (product.world.hubspot.clone(), product.world.jira.clone());
        product.world.hubspot.before_each(self.before(product, move |it| hubspot.inject(it)));
        product.world.hubspot.after_each(self.after(product));
        product.world.jira.before_each(self.before(product, move |it| jira.inject(it)));
        product.world.jira.after_each(self.after(product));
    }

    fn before<C: Fn(Fault)>(&self, product: &Product, cut: C) -> impl Fn(Target) -> Ready<()> + use<C> {
        let (deaths, host) = (self.clone(), Arc::clone(&product.host));
        move |call| {
            if let Some(place) = deaths.strikes(Moment::Before, |it| meets(it, &call)) {
                deaths.lock().unsent = Some(place);
                cut(Fault::on(place, Effect::CutBefore));
                host.kill(FUNCTION);
            }
            ready(())
        }
    }

    fn after(&self, product: &Product) -> impl Fn(Target) -> Ready<()> + use<> {
        let (deaths, host) = (self.clone(), Arc::clone(&product.host));
        move |call| {
            let was_unsent = deaths.lock().unsent.take_if(|it| meets(it, &call)).is_some();
            if !was_unsent && deaths.strikes(Moment::After, |it| meets(it, &call)).is_some() {
                host.kill(FUNCTION);
            }
            ready(())
        }
    }

    pub(super) fn at_dynamodb(&self, product: &Product) {
        let (deaths, host) = (self.clone(), Arc::clone(&product.host));
        product.dynamo.on_request(move |request, moment| {
            let dies = deaths.strikes(moment, |it| is_write(it, &request)).is_some();
            if dies {
                host.kill(FUNCTION);
            }
            ready(if dies { Step::Drop } else { Step::Pass })
        });
    }
}

fn meets(place: &str, call: &Target) -> bool {
    !place.starts_with("DynamoDB") && Pattern::new(place).matches(&call.method, &call.path)
}

fn is_write(place: &str, request: &Request) -> bool {
    let expression = request.body["UpdateExpression"].as_str().unwrap_or_default();
    match place {
        "DynamoDB take" => expression.contains("own=:me") && expression.contains("ADD fen"),
        "DynamoDB note" => expression.starts_with("SET rp=:rp"),
        "DynamoDB end" => expression.contains("REMOVE own"),
        _ => false,
    }
}
