//! How people who may pass are asked: all of them, by number until the window is full, or along the order.

use super::index::Found;
use crate::query::{Direction, NumberField, OrderField, OrderTerm, Window};
use crate::store::backend::Effort;
use crate::store::compile;

/// What a person costs who is looked up by number, in people who are passed on a walk by number.
const LOOKED_UP: u64 = 3;
/// The same, of one who is passed on a walk along another index.
const ALONG: u64 = 3;
/// So many people are asked for their names in memory while one is passed on a walk by number.
const NAMED: u64 = 16;
/// A search that costs no more than this is short.
const SHORT_MAX: u64 = 1500;
/// One that would cost more is left to the database.
const COST_MAX: u64 = 30_000;
/// How many times what was thought may be asked before the search is given up.
const PATIENCE: u64 = 8;
/// What may be asked in any case.
const ASKED_MIN: u64 = 1000;

/// How the people are asked who may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Each of them, and ordered in memory where the order is not by number.
    All,
    /// By number, until the window is full.
    ByNumber,
    /// Everybody along the index of the order, until the window is full.
    AlongOrder,
}

/// One way, and what it may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) way: Way,
    cost: u64,
    /// How many may be asked before it is given up; what was thought was wrong then. `None`: as many as there are.
    pub(super) asked_max: Option<u64>,
}

impl Plan {
    pub(super) const fn effort(self) -> Effort {
        if self.cost <= SHORT_MAX { Effort::Short } else { Effort::Long }
    }
}

/// What a search is to answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) order: &'a [OrderTerm],
    pub(super) window: Window,
    /// Whether all are to be counted, who are not counted yet.
    pub(super) with_total: bool,
}

/// Each of so many, who are known to pass. `None`: the database is to do it.
pub(super) fn each_of(people: u64) -> Option<Plan> {
    let cost = people * LOOKED_UP;
    (cost <= COST_MAX).then_some(Plan { way: Way::All, cost, asked_max: None })
}

/// What it costs to ask so many for their names, and to read a window of them by number.
pub(super) fn effort_of_names(people: u64, window: Window) -> Effort {
    let read = window.limit.unwrap_or(people).min(people);
    if people / NAMED + read * LOOKED_UP <= SHORT_MAX { Effort::Short } else { Effort::Long }
}

/// The cheapest way. `None`: the database is to do it.
pub(super) fn plan(found: &Found, everybody: u64, asked: Asked<'_>) -> Option<Plan> {
    let wanted = asked.window.end() as u64;
    let is_by_number = is_by_number(asked.order);
    let listed = found.people.as_ref().map(roaring::RoaringBitmap::len);
    let all = listed.map(|people| Plan { way: Way::All, cost: people * LOOKED_UP, asked_max: None });
    // Of so many people as many pass as the window wants.
    let until = |among: u64| {
        let likely = wanted.saturating_mul(among) / found.likely.max(1);
        let asked_max = likely.saturating_mul(PATIENCE).max(ASKED_MIN);
        (likely.min(among), (asked_max < among).then_some(asked_max))
    };
    let by_number = listed.filter(|_| is_by_number && !asked.with_total).map(|people| {
        let (likely, asked_max) = until(people);
        Plan { way: Way::ByNumber, cost: likely * LOOKED_UP, asked_max }
    });
    let may_walk = !asked.with_total && (is_by_number || compile::is_walked(asked.order, &compile::PEOPLE));
    let along = may_walk.then(|| {
        let (likely, asked_max) = until(everybody);
        Plan { way: Way::AlongOrder, cost: likely * if is_by_number { 1 } else { ALONG }, asked_max }
    });
    let cheapest = [by_number, all, along].into_iter().flatten().min_by_key(|plan| plan.cost)?;
    (cheapest.cost <= COST_MAX).then_some(cheapest)
}

pub(super) fn is_by_number(order: &[OrderTerm]) -> bool {
    match order {
        [] => true,
        [first, ..] => first.field == OrderField::Number(NumberField::Number) && first.direction == Direction::Ascending,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::TextField;
    use roaring::RoaringBitmap;

    const EVERYBODY: u64 = 100_000;

    fn found(people: u32, likely: u64) -> Found {
        Found { people: Some((1..=people).collect::<RoaringBitmap>()), at_most: people.into(), likely }
    }

    fn many(likely: u64) -> Found {
        Found { people: None, at_most: EVERYBODY, likely }
    }

    fn way(found: &Found, order: &[OrderTerm], window: Window, with_total: bool) -> Option<(Way, Effort)> {
        plan(found, EVERYBODY, Asked { order, window, with_total }).map(|plan| (plan.way, plan.effort()))
    }

    fn by(field: TextField) -> [OrderTerm; 1] {
        [OrderTerm::new(OrderField::Text(field), Direction::Descending)]
    }

    #[test]
    fn few_people_are_all_asked_at_once() {
        let page = Window::new(0, 100);

        assert_eq!(way(&found(40, 40), &[], Window::everything(), true), Some((Way::All, Effort::Short)));
        assert_eq!(way(&found(40, 40), &by(TextField::Title), page, false), Some((Way::All, Effort::Short)));
        assert_eq!(way(&found(2000, 2000), &by(TextField::Title), page, true), Some((Way::All, Effort::Long)));
    }

    #[test]
    fn of_some_people_by_number_as_many_are_asked_as_the_window_wants() {
        assert_eq!(way(&found(3000, 2900), &[], Window::new(0, 100), false), Some((Way::ByNumber, Effort::Short)));
    }

    #[test]
    fn what_half_of_all_have_is_met_along_any_order() {
        let page = Window::new(0, 100);

        assert_eq!(way(&many(50_000), &[], page, false), Some((Way::AlongOrder, Effort::Short)));
        assert_eq!(way(&many(50_000), &by(TextField::Name), page, false), Some((Way::AlongOrder, Effort::Short)));
        assert_eq!(way(&many(50_000), &by(TextField::Title), page, false), None);
    }

    #[test]
    fn what_is_too_much_is_left_to_the_database() {
        let page = Window::new(0, 100);

        assert_eq!(way(&many(50_000), &[], Window::everything(), false), None);
        assert_eq!(way(&many(50_000), &[], Window::new(60_000, 100), false), None);
        assert_eq!(way(&found(50_000, 50_000), &[], page, true), None);
        // As where an address of everybody holds what hardly a name does.
        assert_eq!(way(&found(90_000, 10), &[], page, false), None);
    }
}
