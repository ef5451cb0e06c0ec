//! The two organizations of the demo: the people of the vendors' documents, and generated ones.

use crate::cli::Failure;
use crate::cli::format::Format;
use crate::cli::import::{Source, load as load_source};
use rollcall_core::directory::{Cell, Directory, Import, ImportFile, ImportMode, Line};
use rollcall_core::domain::{LongLabel, Slug};

/// The organization with the people of 24SevenOffice and Risk Manager.
pub(super) const ACME: &str = "acme";
/// The organization with the people of Wethod and ProofHub.
pub(super) const GLOBEX: &str = "globex";

const ACME_PEOPLE: &str = include_str!("acme.jsonl");
const GLOBEX_PEOPLE: &str = include_str!("globex.jsonl");
const GLOBEX_GROUPS: &str = include_str!("globex-groups.jsonl");

const GIVEN_NAMES: [&str; 16] =
    ["Ana", "Bruno", "Chiara", "Dmitri", "Ebba", "Femi", "Grace", "Hugo", "Ingrid", "Jun", "Kofi", "Lucía", "Mei", "Nils", "Oya", "Priya"];
const FAMILY_NAMES: [&str; 13] =
    ["Almeida", "Berg", "Costa", "Diallo", "Eriksen", "Fischer", "García", "Haugen", "Ito", "Jansen", "Kaya", "Lindqvist", "Mwangi"];
/// Generated people given to the directory at once.
const BATCH_PEOPLE: u64 = 1000;

/// Makes both organizations and everybody in them.
pub(super) async fn load(directory: &Directory, generated: u64) -> Result<(), Failure> {
    fill(directory, ACME, "Acme", &[(ImportFile::People, ACME_PEOPLE)], generated).await?;
    fill(directory, GLOBEX, "Globex", &[(ImportFile::People, GLOBEX_PEOPLE), (ImportFile::Groups, GLOBEX_GROUPS)], generated).await
}

async fn fill(directory: &Directory, slug: &str, name: &str, files: &[(ImportFile, &'static str)], generated: u64) -> Result<(), Failure> {
    let own = |error: rollcall_core::domain::InvalidText| Failure::Directory(error.into());
    let (slug, name) = (Slug::parse(slug).map_err(own)?, LongLabel::parse(name).map_err(own)?);
    directory.create_organization(&slug, &name).await?;
    let mut import = directory.import(&directory.operator(&slug).await?, ImportMode::Batches)?;
    for (file, text) in files {
        let mut source = Source::new(format!("the people of {slug}"), *file, Format::Jsonl, Box::new(text.as_bytes()))?;
        load_source(&mut import, &mut source).await?;
    }
    load_generated(&mut import, slug.as_str(), generated).await?;
    let report = import.finish().await?;
    match report.refused.first() {
        Some(line) => Err(Failure::Unusable(format!("the demo's own people do not load: line {} {}", line.number, line.reason))),
        None => Ok(()),
    }
}

async fn load_generated(import: &mut Import<'_>, slug: &str, count: u64) -> Result<(), Failure> {
    let mut next = 1;
    while next <= count {
        let end = count.min(next + BATCH_PEOPLE - 1);
        import.people((next..=end).map(|index| generated_person(slug, index)).collect()).await?;
        next = end + 1;
    }
    Ok(())
}

/// The same index always gives the same person. Lines are numbered far from those of the files.
fn generated_person(slug: &str, index: u64) -> Line {
    let pick = |names: &[&'static str], at: u64| names[usize::try_from(at % names.len() as u64).unwrap_or(0)];
    let (given, family) = (pick(&GIVEN_NAMES, index), pick(&FAMILY_NAMES, index / GIVEN_NAMES.len() as u64 + index));
    let cells = [
        ("external_id", format!("demo-{index}")),
        ("given_name", given.to_owned()),
        ("family_name", family.to_owned()),
        ("email", format!("person{index}@{slug}.example")),
        ("login", format!("person{index}")),
    ];
    let cells = cells.into_iter().map(|(column, text)| (column.to_owned(), Cell::Text(text))).collect();
    Line { number: 1_000_000 + index, cells }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcall_core::directory::{PersonPage, Surroundings};
    use rollcall_core::query::{GroupQuery, PersonQuery};

    async fn demo(generated: u64) -> (tempfile::TempDir, Directory) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let directory = Directory::open(&url, Surroundings::system()).await.unwrap();
        load(&directory, generated).await.unwrap();
        (folder, directory)
    }

    async fn people(directory: &Directory, slug: &str) -> PersonPage {
        let actor = directory.operator(&Slug::parse(slug).unwrap()).await.unwrap();
        directory.people(&actor, &PersonQuery { with_groups: true, ..PersonQuery::default() }).await.unwrap()
    }

    #[tokio::test]
    async fn the_documents_people_have_the_documents_numbers() {
        let (_folder, directory) = demo(0).await;

        let acme: Vec<(i64, String)> =
            people(&directory, ACME).await.people.iter().map(|person| (person.number.get(), person.name())).collect();
        let globex = people(&directory, GLOBEX).await;

        assert_eq!(acme[..2], [(123, "John Doe".to_owned()), (456, "Jane Smith".to_owned())]);
        assert_eq!(acme.len(), 5);
        let [john, stella, chris] = &globex.people[..] else { panic!("three people") };
        assert_eq!([john, stella, chris].map(|person| person.number.get()), [1, 11_679_192, 12_009_183]);
        assert_eq!(john.manager, Some(john.number));
        assert_eq!(globex.groups_of(chris.number).iter().map(|group| group.get()).collect::<Vec<_>>(), [33_838_231, 33_838_232]);
    }

    #[tokio::test]
    async fn the_documents_roles_have_the_documents_numbers() {
        let (_folder, directory) = demo(0).await;

        let globex = people(&directory, GLOBEX).await;

        let roles: Vec<_> = globex.people.iter().skip(1).filter_map(|person| person.role).map(|role| role.get()).collect();
        assert_eq!(roles, [90_391_275, 903_912_753]);
    }

    #[tokio::test]
    async fn the_documents_groups_have_the_documents_numbers() {
        let (_folder, directory) = demo(0).await;
        let actor = directory.operator(&Slug::parse(GLOBEX).unwrap()).await.unwrap();

        let page = directory.groups(&actor, &GroupQuery::default()).await.unwrap();

        assert_eq!(page.groups.iter().map(|group| group.number.get()).collect::<Vec<_>>(), [33_838_231, 33_838_232]);
    }

    #[tokio::test]
    async fn generated_people_are_added_to_both_organizations() {
        let (_folder, directory) = demo(1200).await;

        assert_eq!(people(&directory, ACME).await.people.len(), 1205);
        assert_eq!(people(&directory, GLOBEX).await.people.len(), 1203);
    }
}
