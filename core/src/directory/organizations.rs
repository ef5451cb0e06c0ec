//! Organizations: the tenants.

use super::recording::Recorder;
use super::{Action, Actor, Directory, DirectoryError, Object};
use crate::domain::{Code, Instant, LongLabel, Organization, Role, RoleNumber, Scope, Scopes, Slug};
use crate::store::{Effort, Numbered, WriteTransaction};

impl Directory {
    /// Makes an organization with the four roles that every organization begins with.
    pub async fn create_organization(&self, slug: &Slug, name: &LongLabel) -> Result<Organization, DirectoryError> {
        let now = self.now();
        let (new_slug, first_slug, new_name) = (slug.clone(), slug.clone(), name.to_string());
        self.store
            .write_first(
                move |tx| {
                    Box::pin(async move {
                        if tx.organization_by_slug(&new_slug).await?.is_some() {
                            return Err(DirectoryError::Conflict { field: "slug", holder: None });
                        }
                        Ok(tx.insert_organization(&new_slug, &new_name, now).await?)
                    })
                },
                move |tx| Box::pin(async move { create_first_roles(tx, &first_slug, now).await }),
            )
            .await?;
        self.organization_by_slug(slug).await
    }

    /// Every organization, by slug. For the command line alone.
    pub async fn organizations(&self) -> Result<Vec<Organization>, DirectoryError> {
        self.read_system(|tx| Box::pin(async move { Ok(tx.organizations().await?) })).await
    }

    /// The organization of this slug. For the command line alone.
    pub async fn organization_by_slug(&self, slug: &Slug) -> Result<Organization, DirectoryError> {
        let slug = slug.clone();
        let found = self.read_system(move |tx| Box::pin(async move { Ok(tx.organization_by_slug(&slug).await?) })).await?;
        found.ok_or(DirectoryError::NotFound)
    }

    /// The actor behind the command line in one organization.
    pub async fn operator(&self, slug: &Slug) -> Result<Actor, DirectoryError> {
        let organization = self.organization_by_slug(slug).await?;
        Ok(Actor::operator(organization.id, organization.slug, Scopes::all()))
    }

    /// The actor's own organization.
    pub async fn organization(&self, actor: &Actor) -> Result<Organization, DirectoryError> {
        actor.may(Action::Read, Object::Organization)?;
        let work = self.read(actor.organization(), Effort::Short, |tx| Box::pin(async move { Ok(tx.own_organization().await?) }));
        work.await?.ok_or(DirectoryError::NotFound)
    }
}

/// ProofHub's four roles, with the codes that Wethod shows.
async fn create_first_roles(tx: &mut WriteTransaction, slug: &Slug, now: Instant) -> Result<(), DirectoryError> {
    use Scope::{GroupsRead, GroupsWrite, OrganizationRead, PeopleRead, PeopleWrite};
    let first = [
        ("ROLE_OWNER", "Owner", Scopes::all()),
        ("ROLE_ADMIN", "Admin", Scopes::new([PeopleRead, PeopleWrite, GroupsRead, GroupsWrite, OrganizationRead])),
        ("ROLE_USER", "Normal User", Scopes::new([PeopleRead, GroupsRead, OrganizationRead])),
        ("ROLE_CLIENT", "Client", Scopes::default()),
    ];
    // Nobody is there yet who could have asked for it but the command line.
    let operator = Actor::operator(tx.organization(), slug.clone(), Scopes::all());
    let recorder = Recorder::begin(tx, &operator, now).await?;
    for (code, name, scopes) in first {
        let number = tx.next_number(Numbered::Role).await?.and_then(|number| RoleNumber::new(number).ok());
        let number = number.ok_or_else(|| DirectoryError::used_up("role"))?;
        let role = Role {
            number,
            code: Code::parse(code)?,
            name: LongLabel::parse(name)?,
            is_default: code == "ROLE_USER",
            scopes,
            created_at: recorder.at(),
            updated_at: recorder.at(),
        };
        tx.insert_role(&role).await?;
        recorder.note(tx, "create", "role", number.get(), name).await?;
    }
    Ok(())
}
