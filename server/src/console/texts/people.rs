//! The list of people.

catalogue! {
    /// The list of people: its filters, its columns, its keys.
    PeopleList,
    filters: "Narrow down", "Eingrenzen";
    group: "Group", "Gruppe";
    role: "Role", "Rolle";
    status: "Status", "Status";
    kind: "Type", "Art";
    job_title: "Job title", "Stelle";
    number: "Number", "Nummer";
    login: "Login", "Anmeldename";
    employee_number: "Employee number", "Personalnummer";
    updated_at: "Changed (UTC)", "Geändert (UTC)";
    active: "Active", "Aktiv";
    blocked: "Blocked", "Gesperrt";
    no_account: "No account", "Kein Konto";
    archived: "Archived", "Archiviert";
    kind_organization: "Organization", "Organisation";
    kind_external: "External", "Extern";
    kind_basic: "Basic", "Einfach";
    kind_client: "Client", "Kundschaft";
    remove_filter: "Remove", "Entfernen";
    remove_all: "Remove all", "Alle entfernen";
    columns: "Columns", "Spalten";
    show_columns: "Show these columns", "Diese Spalten zeigen";
    keys: "Keyboard", "Tastatur";
    key_search: "to the search", "zur Suche";
    key_next: "next person", "nächste Person";
    key_previous: "previous person", "vorige Person";
    key_open: "open the person", "Person öffnen";
    key_help: "these keys", "diese Tasten";
    or: "or", "oder";
}
