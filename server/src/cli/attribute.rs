//! `rollcall attribute`

mod limits;

use super::global::{Global, operator};
use super::output::{Output, print_json, say};
use super::{Failure, Outcome};
use clap::{Args, Subcommand};
use limits::{ClearedLimits, LimitFlags};
use rollcall_core::directory::{Actor, Directory, DirectoryError, StoredValues};
use rollcall_core::domain::{
    AttributeKind, AttributeObject, Change, Definition, DefinitionChange, Description, Limits, LongLabel, NewDefinition, Slug, VariableName,
};

/// Define custom attributes of people and groups: their types and limits
///
/// The types are Text, Paragraph, Link, E-mail, Date/Time, Number, List of Options, Outline, Attachment, Image and
/// Relationship. No value is kept that does not fit its attribute, whoever writes it.
#[derive(Debug, Subcommand)]
pub(super) enum Attribute {
    Create(Create),
    /// List the attributes of an organization, one JSON object a line
    List {
        /// The organization
        #[arg(value_parser = Slug::parse)]
        slug: Slug,
        /// Only those of people, or of groups
        #[arg(long, value_name = "person|group", value_parser = AttributeObject::parse)]
        object: Option<AttributeObject>,
    },
    Edit(Edit),
    Delete(Delete),
}

/// Which attribute a command is about.
#[derive(Debug, Args)]
struct Named {
    /// The organization
    #[arg(value_parser = Slug::parse)]
    slug: Slug,
    /// The variable name: 1 to 100 of a-z, A-Z, 0-9, _ and -; case counts, and it stays so
    #[arg(value_parser = VariableName::parse)]
    name: VariableName,
    /// Whose attribute it is
    #[arg(long, value_name = "person|group", default_value = "person", value_parser = AttributeObject::parse)]
    object: AttributeObject,
}

/// Define an attribute; prints it as JSON
#[derive(Debug, Args)]
pub(super) struct Create {
    #[command(flatten)]
    named: Named,
    /// The type, such as "Date/Time" or list-of-options
    #[arg(long = "type", value_name = "TYPE", value_parser = AttributeKind::parse)]
    kind: AttributeKind,
    /// What people call it [default: the variable name]
    #[arg(long, value_parser = LongLabel::parse)]
    label: Option<LongLabel>,
    /// What it is for
    #[arg(long, value_parser = Description::parse)]
    description: Option<Description>,
    #[command(flatten)]
    limits: LimitFlags,
}

/// Change an attribute; prints it as JSON. Its type changes only while it has no value, and a limit only to what every
/// value keeps within
#[derive(Debug, Args)]
pub(super) struct Edit {
    #[command(flatten)]
    named: Named,
    /// The type, such as "Date/Time" or list-of-options
    #[arg(long = "type", value_name = "TYPE", value_parser = AttributeKind::parse)]
    kind: Option<AttributeKind>,
    /// What people call it
    #[arg(long, value_parser = LongLabel::parse)]
    label: Option<LongLabel>,
    /// What it is for; "" for nothing
    #[arg(long, value_parser = Description::parse)]
    description: Option<Description>,
    #[command(flatten)]
    limits: LimitFlags,
    #[command(flatten)]
    cleared: ClearedLimits,
}

/// Delete an attribute that has no value any more, or erase its values with it
#[derive(Debug, Args)]
pub(super) struct Delete {
    #[command(flatten)]
    named: Named,
    /// Erase what people or groups have of it, each as a change in the history
    #[arg(long)]
    erase: bool,
}

impl Attribute {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let directory = global.directory().await?;
        match self {
            Self::Create(create) => create.run(&directory).await?,
            Self::List { slug, object } => list(&directory, &slug, object).await?,
            Self::Edit(edit) => edit.run(&directory).await?,
            Self::Delete(delete) => delete.run(&directory).await?,
        }
        Ok(Outcome::Done)
    }
}

impl Named {
    async fn actor(&self, directory: &Directory) -> Result<Actor, Failure> {
        operator(directory, &self.slug).await
    }

    /// What the directory's answer means for this attribute.
    fn failure(&self, error: DirectoryError) -> Failure {
        let name = &self.name;
        let records = match self.object {
            AttributeObject::Person => "people",
            AttributeObject::Group => "groups",
        };
        match error {
            DirectoryError::Conflict { .. } => Failure::Unusable(format!("there is an attribute {name} of {records} already")),
            DirectoryError::NotFound => Failure::Unusable(format!("there is no attribute {name} of {records}")),
            other => other.into(),
        }
    }
}

impl Create {
    async fn run(self, directory: &Directory) -> Result<(), Failure> {
        let actor = self.named.actor(directory).await?;
        let mut limits = Limits::default();
        self.limits.into_change().apply(&mut limits);
        let (object, name) = (self.named.object, self.named.name.clone());
        let new = NewDefinition { object, name, kind: self.kind, label: self.label, description: self.description, limits };
        let made = directory.create_attribute(&actor, new).await.map_err(|error| self.named.failure(error))?;
        print_json(&made.to_json())
    }
}

impl Edit {
    async fn run(self, directory: &Directory) -> Result<(), Failure> {
        let limits = self.cleared.over(self.limits.into_change())?;
        let description = match self.description {
            None => Change::Keep,
            Some(text) if text.as_str().is_empty() => Change::Clear,
            Some(text) => Change::Set(text),
        };
        let change = DefinitionChange { kind: self.kind, label: self.label, description, limits };
        let actor = self.named.actor(directory).await?;
        let edited = directory.edit_attribute(&actor, self.named.object, &self.named.name, change).await;
        print_json(&edited.map_err(|error| self.named.failure(error))?.to_json())
    }
}

impl Delete {
    async fn run(self, directory: &Directory) -> Result<(), Failure> {
        let actor = self.named.actor(directory).await?;
        let values = if self.erase { StoredValues::Erase } else { StoredValues::Keep };
        let erased = directory.delete_attribute(&actor, self.named.object, &self.named.name, values).await;
        let erased = erased.map_err(|error| self.named.failure(error))?;
        say(format_args!("deleted the attribute {} and {erased} values of it", self.named.name));
        Ok(())
    }
}

async fn list(directory: &Directory, slug: &Slug, object: Option<AttributeObject>) -> Result<(), Failure> {
    let actor = operator(directory, slug).await?;
    let mut output = Output::new();
    for object in AttributeObject::ALL.into_iter().filter(|each| object.is_none_or(|only| only == *each)) {
        let definitions: Vec<Definition> = directory.attribute_definitions(&actor, object).await?;
        for definition in definitions {
            output.json(&definition.to_json())?;
        }
    }
    output.finish()
}
