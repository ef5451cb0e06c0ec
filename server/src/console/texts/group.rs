//! The list of groups, and the pages of one.

catalogue! {
    /// The list of groups, and the pages of one.
    GroupTexts,
    groups: "Groups", "Gruppen";
    search_groups: "Search groups", "Gruppen suchen";
    search_hint: "Name, description or e-mail", "Name, Beschreibung oder E-Mail";
    none_found: "No group was found.", "Es wurde keine Gruppe gefunden.";
    new_group: "New group", "Neue Gruppe";
    description: "Description", "Beschreibung";
    responsible: "Responsible", "Verantwortlich";
    additional_information: "Additional information", "Weitere Angaben";
    external_id: "External id", "Externe Kennung";
    person_hint: "Number, e-mail address or login", "Nummer, E-Mail-Adresse oder Login";
    group_hint: "Number or whole name", "Nummer oder ganzer Name";
    person_unknown: "This is nobody, or several people have it. Give a number.", "Das ist niemand, oder mehrere haben es. Geben Sie eine Nummer an.";
    group_unknown: "This is no group, or several have this name. Give a number.", "Das ist keine Gruppe, oder mehrere heißen so. Geben Sie eine Nummer an.";
    name_missing: "A group needs a name.", "Eine Gruppe braucht einen Namen.";
    wrong_fields: "Nothing was changed: look at the fields that say what is wrong.", "Es wurde nichts geändert: Sehen Sie nach den Feldern, die sagen, was nicht stimmt.";
    changed_meanwhile: "Somebody has changed this group or its members since you opened the page. Nothing was changed: go back to the group and edit it from there.",
        "Jemand hat diese Gruppe oder ihre Mitglieder geändert, seit Sie die Seite geöffnet haben. Es wurde nichts geändert: Gehen Sie zurück zur Gruppe und bearbeiten Sie sie von dort.";
    edit: "Edit", "Bearbeiten";
    save: "Save", "Speichern";
    cancel: "Cancel", "Abbrechen";
    delete: "Delete", "Löschen";
    delete_question: "Delete this group?", "Diese Gruppe löschen?";
    delete_words: "It does not come back. The people and groups in it stay what they are; the groups around it lose it.",
        "Sie kommt nicht zurück. Die Personen und Gruppen darin bleiben, was sie sind; die Gruppen um sie herum verlieren sie.";
    people_in: "People in it", "Personen darin";
    groups_in: "Groups in it", "Gruppen darin";
    groups_around: "It is in these groups", "Sie ist in diesen Gruppen";
    nobody: "Nobody is right in it.", "Niemand ist unmittelbar darin.";
    no_groups: "None.", "Keine.";
    shown_of: "The first of", "Die ersten von";
    add_person: "Add a person", "Person hinzufügen";
    add_group: "Put a group into it", "Gruppe hineintun";
    add: "Add", "Hinzufügen";
    take_out: "Take out", "Herausnehmen";
    action: "Action", "Aktion";
}
