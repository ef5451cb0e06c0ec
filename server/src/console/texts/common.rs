//! What stands on all pages, and on those that are nobody's part in particular.

catalogue! {
    /// What stands on all pages, and on those of nobody in particular.
    Common,
    skip_to_content: "Skip to the content", "Zum Inhalt springen";
    product: "People directory", "Personenverzeichnis";
    people: "People", "Personen";
    language_name: "Deutsch", "English";
    sessions: "Sessions", "Sitzungen";
    sign_in: "Sign in", "Anmelden";
    sign_in_with: "Sign in with", "Anmelden mit";
    issuer_failed: "You could not be signed in there. Try again; if it happens again, whoever runs this server finds the reason in its log.", "Sie konnten dort nicht angemeldet werden. Versuchen Sie es noch einmal; geschieht es wieder, steht der Grund im Protokoll des Servers.";
    issuer_refused: "The sign-in was broken off there.", "Die Anmeldung wurde dort abgebrochen.";
    issuer_unknown: "Nobody has a login here with your e-mail address. Ask an administrator to invite you.", "Mit Ihrer E-Mail-Adresse hat hier niemand einen Zugang. Bitten Sie eine Administratorin oder einen Administrator um eine Einladung.";
    sign_out: "Sign out", "Abmelden";
    email: "E-mail address", "E-Mail-Adresse";
    password: "Password", "Passwort";
    choose_organization: "Choose an organization", "Organisation wählen";
    enters_nowhere: "You may enter no organization at present.", "Sie haben derzeit zu keiner Organisation Zugang.";
    wrong_login: "The e-mail address or the password is wrong.", "Die E-Mail-Adresse oder das Passwort ist falsch.";
    incomplete_login: "Give both your e-mail address and your password.", "Geben Sie E-Mail-Adresse und Passwort an.";
    stale_form: "This page had been open for too long, or came from elsewhere. Look at it again, and send it again.",
        "Diese Seite war zu lange offen oder kam von woanders. Sehen Sie sie noch einmal an und senden Sie sie noch einmal.";
    too_many_attempts: "Too many attempts have failed. Try again in a minute.", "Zu viele Versuche sind gescheitert. Versuchen Sie es in einer Minute noch einmal.";
    set_up: "Set up the directory", "Verzeichnis einrichten";
    set_up_words: "Make the first organization and its owner. This page works once.",
        "Legen Sie die erste Organisation und ihre Eigentümerin oder ihren Eigentümer an. Diese Seite gilt einmal.";
    set_up_over: "This link is not good, or no longer: the directory is set up, or the link is over a day old. A new one is in the log each time that the server starts.",
        "Dieser Link gilt nicht oder nicht mehr: Das Verzeichnis ist eingerichtet, oder der Link ist über einen Tag alt. Bei jedem Start des Servers steht ein neuer im Protokoll.";
    your_name: "Your name", "Ihr Name";
    organization_name: "Name of the organization", "Name der Organisation";
    organization_slug: "Its short name in addresses", "Ihr Kurzname in Adressen";
    slug_hint: "2 to 63 of a to z, 0 to 9 and -", "2 bis 63 Zeichen aus a bis z, 0 bis 9 und -";
    password_hint: "At least 8 characters", "Mindestens 8 Zeichen";
    browser: "Browser", "Browser";
    unknown_browser: "Unknown browser", "Unbekannter Browser";
    signed_in_at: "Signed in", "Angemeldet";
    last_used: "Last used", "Zuletzt benutzt";
    ends_at: "Ends", "Endet";
    this_session: "This session", "Diese Sitzung";
    end_session: "End", "Beenden";
    search_people: "Search people", "Personen suchen";
    search_hint: "Name, e-mail, phone, title or number", "Name, E-Mail, Telefon, Titel oder Nummer";
    search: "Search", "Suchen";
    name: "Name", "Name";
    title: "Title", "Titel";
    department: "Department", "Abteilung";
    phone: "Phone", "Telefon";
    nobody_found: "Nobody was found.", "Es wurde niemand gefunden.";
    found: "found", "gefunden";
    next_page: "Next page", "Nächste Seite";
    previous_page: "Previous page", "Vorige Seite";
    page_not_found: "There is nothing here", "Hier ist nichts";
    page_forbidden: "You may not see this", "Das dürfen Sie nicht sehen";
    page_failed: "This did not work", "Das hat nicht geklappt";
    forbidden_words: "Your role lacks the permission", "Ihrer Rolle fehlt die Berechtigung";
    back_to_start: "Back to the beginning", "Zurück zum Anfang";
}
