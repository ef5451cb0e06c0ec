//! The pages of one person.

catalogue! {
    /// The pages of one person.
    PersonTexts,
    overview: "Overview", "Überblick";
    edit: "Edit", "Bearbeiten";
    history: "History", "Verlauf";
    as_apis: "As each API sees it", "Wie jede API es sieht";
    parts: "Parts of this page", "Teile dieser Seite";
    new_person: "New person", "Neue Person";
    nameless: "Nameless", "Ohne Namen";
    number: "Number", "Nummer";
    archived_tag: "archived", "archiviert";
    blocked_tag: "blocked", "gesperrt";
    groups: "Groups", "Gruppen";
    no_groups: "In no group", "In keiner Gruppe";
    reports: "Reports", "Unterstellte Personen";
    no_reports: "Nobody reports to this person", "Niemand ist dieser Person unterstellt";
    more_reports: "and more", "und weitere";
    photo_elsewhere: "Photo, elsewhere", "Foto, anderswo";
    names: "Names", "Namen";
    reach: "How to reach them", "Erreichbarkeit";
    work: "Work", "Arbeit";
    account_section: "Account", "Konto";
    other: "Other", "Weiteres";
    custom: "Custom attributes", "Eigene Attribute";
    given_name: "Given name", "Vorname";
    family_name: "Family name", "Nachname";
    display_name: "Whole name", "Ganzer Name";
    display_name_hint: "Where it is not the two together", "Wo er nicht aus den beiden besteht";
    initials: "Initials", "Initialen";
    email: "E-mail address", "E-Mail-Adresse";
    phone: "Phone", "Telefon";
    title: "Title", "Titel";
    department: "Department", "Abteilung";
    job_title: "Job title", "Stelle";
    level: "Level", "Stufe";
    price_list: "Price list", "Preisliste";
    manager: "Manager", "Vorgesetzte Person";
    manager_hint: "Number, login or e-mail address", "Nummer, Login oder E-Mail-Adresse";
    manager_unknown: "names nobody here, or several people", "bezeichnet hier niemanden oder mehrere Personen";
    role: "Role", "Rolle";
    person_type: "Kind", "Art";
    account: "Account", "Konto";
    account_active: "active", "aktiv";
    account_blocked: "blocked", "gesperrt";
    account_none: "none", "keines";
    type_organization: "Of the organization", "Der Organisation";
    type_external: "External", "Extern";
    type_basic: "Basic", "Einfach";
    type_client: "Client", "Kunde";
    login: "Login", "Login";
    external_id: "Id elsewhere", "Id anderswo";
    employee_number: "Employee number", "Personalnummer";
    language: "Language", "Sprache";
    time_zone: "Time zone", "Zeitzone";
    time_zone_hint: "Such as Europe/Oslo", "Etwa Europe/Oslo";
    profile_color: "Colour", "Farbe";
    profile_color_hint: "Such as #3366cc", "Etwa #3366cc";
    photo: "Photo", "Foto";
    photo_hint: "An address", "Eine Adresse";
    description: "Description", "Beschreibung";
    additional_information: "Additional information", "Zusätzliche Angaben";
    has_license: "Has a licence", "Hat eine Lizenz";
    is_archived: "Archived", "Archiviert";
    nothing_chosen: "–", "–";
    save: "Save", "Speichern";
    cancel: "Cancel", "Abbrechen";

    wrong_fields: "Nothing was changed: look at the fields that say what is wrong.", "Es wurde nichts geändert: Sehen Sie nach den Feldern, die sagen, was nicht stimmt.";
    changed_meanwhile: "Somebody has changed this person since you opened the page. What you typed is still here; look at the overview, and save again to write it over that.",
        "Jemand hat diese Person geändert, seit Sie die Seite geöffnet haben. Ihre Eingaben stehen noch hier; sehen Sie in den Überblick, und speichern Sie noch einmal, um darüber zu schreiben.";
    last_owner: "The last owner must stay one, and able to sign in.", "Die letzte Eigentümerin oder der letzte Eigentümer muss es bleiben und sich anmelden können.";

    command_line: "command line", "Kommandozeile";
    what: "What", "Was";
    before: "Before", "Vorher";
    after: "After", "Nachher";
    undo: "Undo", "Zurücknehmen";
    undone: "Set back.", "Zurückgesetzt.";
    not_undone: "This cannot be set back:", "Das lässt sich nicht zurücksetzen:";

    lacks: "Cannot hold", "Kann nicht festhalten";
    lacks_nothing: "Holds everything.", "Hält alles fest.";
    not_shown: "This API does not show this person to your role.", "Diese API zeigt Ihrer Rolle diese Person nicht.";
    delete: "Move to the bin", "In den Papierkorb";
    deleted: "was moved to the bin: gone from every API.", "ist im Papierkorb und aus jeder API verschwunden.";
    restore: "Bring back", "Zurückholen";
}
