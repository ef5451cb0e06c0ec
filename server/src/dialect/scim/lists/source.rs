//! Resources of one type, as a list asks for them.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::filter::bind::{self, Scope};
use super::super::filter::{self, AttributePath};
use super::super::groups::GroupView;
use super::super::people::UserView;
use super::super::resource::Resource;
use super::super::schema::{ResourceSchema, ResourceType};
use super::asked::{Asked, Page};
use super::{by_kind, strangers};
use crate::http::AppState;
use rollcall_core::directory::{ListedGroup, ListedPerson};
use rollcall_core::domain::{Person, Role};
use rollcall_core::query::{
    self, Direction, Filter, GroupQuery, Including, ListField, OrderField, OrderTerm, Part, PersonQuery, PersonRecord, Position, TextField,
    Window, WithMembers,
};
use std::cmp::Ordering;

/// Resources of one type, as a list asks for them.
#[derive(Debug)]
pub struct Source {
    view: View,
    filter: Filter,
    order: Vec<OrderTerm>,
}

#[derive(Debug)]
enum View {
    Users(UserView),
    Groups(GroupView),
}

/// One resource of a list.
#[derive(Debug)]
pub enum Item {
    User(Box<ListedPerson>),
    Group(Box<ListedGroup>),
}

/// Some resources of one type, and how many there are in all, where that was asked for.
#[derive(Debug)]
pub struct Items {
    pub items: Vec<Item>,
    pub total: Option<u64>,
}

/// A source for each of these types. A name that one of them knows means nothing of another; one that none knows is refused.
pub async fn all(app: &AppState, caller: &Caller, kinds: &[ResourceType], asked: &Asked) -> Result<Vec<Source>, Error> {
    let mut views = Vec::with_capacity(kinds.len());
    for kind in kinds {
        views.push(match kind {
            ResourceType::User => View::Users(UserView::of(app, caller, &asked.wanted).await?),
            ResourceType::Group => View::Groups(GroupView::of(app, caller, &asked.wanted).await?),
        });
    }
    let mut bound = Vec::with_capacity(views.len());
    for view in &views {
        let schemas: Vec<&ResourceSchema> = views.iter().map(View::schema).collect();
        let scope = Scope { schema: view.schema(), roles: view.roles(), base: &caller.base };
        bound.push((filter_of(asked, scope, &schemas)?, order_of(asked, scope, &schemas)?));
    }
    Ok(views.into_iter().zip(bound).map(|(view, (filter, order))| Source { view, filter, order }).collect())
}

fn filter_of(asked: &Asked, scope: Scope<'_>, schemas: &[&ResourceSchema]) -> Result<Filter, Error> {
    let Some(text) = &asked.filter else { return Ok(Filter::everything()) };
    let tree = filter::parse(text).and_then(|tree| bind::bound(&strangers::settled(tree, scope.schema, schemas)?, scope));
    tree.map_err(|error| Error::invalid_filter(format!("{error}.")))
}

fn order_of(asked: &Asked, scope: Scope<'_>, schemas: &[&ResourceSchema]) -> Result<Vec<OrderTerm>, Error> {
    let Some(text) = &asked.sort_by else { return Ok(Vec::new()) };
    if AttributePath::parse(text).is_ok_and(|path| strangers::is_stranger(&path, scope.schema, schemas)) {
        return Ok(vec![nowhere(asked.direction)]);
    }
    bind::order(text, asked.direction, scope).map_err(|error| Error::invalid_value(format!("`sortBy`: {error}.")))
}

/// The order by what no record of the type has.
fn nowhere(direction: Direction) -> OrderTerm {
    bind::by(OrderField::Text(TextField::Part(Part::Value)), direction)
}

impl View {
    const fn schema(&self) -> &ResourceSchema {
        match self {
            Self::Users(view) => &view.schema,
            Self::Groups(view) => &view.schema,
        }
    }

    fn roles(&self) -> &[Role] {
        match self {
            Self::Users(view) => view.roles(),
            Self::Groups(_) => &[],
        }
    }
}

impl Source {
    pub const fn kind(&self) -> ResourceType {
        self.view.schema().kind()
    }

    /// Whether resources are asked for in an order of their own.
    pub fn is_ordered(&self) -> bool {
        !self.order.is_empty()
    }

    /// What comes after a position in the order of the list.
    pub fn after(&self, position: &Position) -> Filter {
        position.after(&self.order)
    }

    fn filtered(&self, further: Option<Filter>) -> Filter {
        further.into_iter().fold(self.filter.clone(), |filter, further| further.and(filter))
    }

    fn is_ordered_by(&self, list: &ListField) -> bool {
        self.order.iter().any(|term| term.mentions(list))
    }

    /// What it takes to write users from their packed records. `None`: they are no users, or to go on behind one of them takes
    /// more than its record.
    pub fn written_straight(&self, page: &Page) -> Option<&UserView> {
        let needs_more = || [ListField::Groups, ListField::Manager].iter().any(|list| self.is_ordered_by(list));
        match &self.view {
            View::Users(view) if matches!(page, Page::Index { .. }) || !needs_more() => Some(view),
            View::Users(_) | View::Groups(_) => None,
        }
    }

    /// The people that pass a further filter.
    pub fn people(&self, further: Option<Filter>, window: Window) -> PersonQuery {
        PersonQuery { filter: self.filtered(further), order: self.order.clone(), window, ..PersonQuery::default() }
    }

    /// Where a person stands, if the order is about nothing beside its record.
    pub fn position_of(&self, person: &Person) -> Position {
        Position::of(&self.order, &PersonRecord { person, groups: &[], manager: None })
    }

    /// A part of the resources that pass a further filter.
    pub async fn read(
        &self,
        app: &AppState,
        caller: &Caller,
        further: Option<Filter>,
        window: Window,
        total: bool,
    ) -> Result<Items, Error> {
        let (filter, order) = (self.filtered(further), self.order.clone());
        let mentions = |list: ListField| self.is_ordered_by(&list);
        match &self.view {
            View::Users(view) => {
                let usual = view.including(total);
                let including = Including {
                    groups: usual.groups || mentions(ListField::Groups),
                    manager: usual.manager || mentions(ListField::Manager),
                    total,
                };
                let query = PersonQuery { filter, order, window, ..PersonQuery::default() };
                let list = app.directory.list_people(&caller.actor, &query, including).await?;
                Ok(Items { items: list.items.into_iter().map(|listed| Item::User(Box::new(listed))).collect(), total: list.total })
            }
            View::Groups(view) => {
                let members = if mentions(ListField::Members) { WithMembers::All } else { view.members() };
                let query = GroupQuery { filter, order, window, members };
                let list = app.directory.list_groups(&caller.actor, &query, total).await?;
                Ok(Items { items: list.items.into_iter().map(|listed| Item::Group(Box::new(listed))).collect(), total: list.total })
            }
        }
    }

    /// Where an item of this source stands.
    pub fn position(&self, item: &Item) -> Position {
        match item {
            Item::User(listed) => Position::of(&self.order, &listed.record()),
            Item::Group(listed) => Position::of(&self.order, &listed.record()),
        }
    }

    /// The item as the answer shows it, if it is of this source.
    pub fn resource(&self, caller: &Caller, item: &Item) -> Option<Resource<'_>> {
        match (&self.view, item) {
            (View::Users(view), Item::User(listed)) => Some(view.resource(caller, listed)),
            (View::Groups(view), Item::Group(listed)) => Some(view.resource(caller, listed)),
            (View::Users(_), Item::Group(_)) | (View::Groups(_), Item::User(_)) => None,
        }
    }
}

impl Item {
    pub const fn kind(&self) -> ResourceType {
        match self {
            Self::User(_) => ResourceType::User,
            Self::Group(_) => ResourceType::Group,
        }
    }
}

/// The order of two items of these sources: by what is asked, then users before groups, then by number.
pub fn compare(sources: &[Source], left: &Item, right: &Item) -> Ordering {
    let order = |kind: ResourceType| sources.iter().find(|source| source.kind() == kind).map_or(&[][..], |source| source.order.as_slice());
    let (users, groups) = (order(ResourceType::User), order(ResourceType::Group));
    let decided = match (left, right) {
        (Item::User(left), Item::User(right)) => query::compare(users, &left.record(), &right.record()),
        (Item::Group(left), Item::Group(right)) => query::compare(groups, &left.record(), &right.record()),
        (Item::User(left), Item::Group(right)) => query::compare_across((users, &left.record()), (groups, &right.record())),
        (Item::Group(left), Item::User(right)) => query::compare_across((groups, &left.record()), (users, &right.record())),
    };
    decided.then_with(|| by_kind(left.kind(), right.kind()))
}
