//! What people are called here, where they work and what they do.

pub(crate) const GIVEN: &[&str] = &[
    "Aaron", "Abel", "Ada", "Adele", "Agnes", "Ahmed", "Aino", "Akira", "Alba", "Alina", "Amara", "Amir", "Ana", "Anders", "Anita",
    "Anton", "Arild", "Arjun", "Astrid", "Aurora", "Ayşe", "Beatriz", "Bela", "Birgit", "Björn", "Bo", "Bruno", "Camille", "Carlos",
    "Carmen", "Chen", "Chloé", "Clara", "Dag", "Daniela", "David", "Diego", "Dmitri", "Dora", "Edith", "Eero", "Eilif", "Elena", "Elias",
    "Elif", "Emeka", "Emil", "Enzo", "Erik", "Esther", "Eva", "Fatima", "Felix", "Fiona", "Freya", "Gabriel", "Giulia", "Grace", "Greta",
    "Gustav", "Hamza", "Hana", "Hannah", "Harald", "Hedda", "Helena", "Hugo", "Ibrahim", "Ida", "Igor", "Ingrid", "Irene", "Isak", "Ivan",
    "Jana", "Javier", "Jens", "Joana", "Johan", "Jonas", "José", "Julia", "Kaito", "Karin", "Kenji", "Khadija", "Kjell", "Klara", "Lars",
    "Layla", "Leif", "Leila", "Lena", "Liam", "Linnea", "Liv", "Lorenzo", "Lucía", "Luka", "Magnus", "Maja", "Malik", "Marco", "Maria",
    "Markus", "Marta", "Mateo", "Maya", "Mei", "Mikkel", "Mina", "Mohamed", "Nadia", "Naoko", "Nils", "Nina", "Noah", "Nora", "Odd",
    "Olga", "Oliver", "Omar", "Oskar", "Pablo", "Paula", "Pedro", "Petra", "Priya", "Rafael", "Ragnhild", "Rania", "Ravi", "Rosa", "Rune",
    "Ruth", "Samira", "Santiago", "Sara", "Sigrid", "Silje", "Simon", "Sofia", "Solveig", "Stefan", "Stine", "Sunil", "Sven", "Tara",
    "Tariq", "Thea", "Thomas", "Tiago", "Tomás", "Tove", "Ulrik", "Uma", "Vera", "Victor", "Vidar", "Wanjiru", "Wei", "Willem", "Xavier",
    "Yara", "Yusuf", "Zara", "Zeynep", "Zoë", "Åse", "Øystein",
];

/// A family name is one of these and one of [`FAMILY_END`].
pub(crate) const FAMILY_BEGIN: &[&str] = &[
    "Ander", "Aren", "Balt", "Berg", "Bjel", "Brand", "Brod", "Carl", "Castel", "Dal", "Dom", "Drag", "Eden", "Eiken", "Elv", "Eng",
    "Fager", "Falk", "Fer", "Fjell", "Fred", "Gar", "Gran", "Gron", "Gul", "Haga", "Halvor", "Hart", "Has", "Heim", "Hol", "Huss", "Iver",
    "Jan", "Johan", "Jor", "Kal", "Karls", "Kim", "Klein", "Kob", "Kor", "Kov", "Kris", "Kum", "Lang", "Lar", "Lind", "Lor", "Lund", "Mac",
    "Mal", "Mar", "Mat", "Mel", "Mik", "Mon", "Mor", "Nak", "Nav", "Niel", "Nor", "Nov", "Oke", "Ols", "Or", "Ost", "Pav", "Ped", "Per",
    "Pet", "Pop", "Ram", "Rand", "Ras", "Rod", "Ros", "Sal", "Sand", "Sant", "Schwar", "Sig", "Skog", "Sol", "Stein", "Strand", "Sund",
    "Tak", "Tal", "Tan", "Tor", "Ul", "Van", "Vas", "Ver", "Vik", "Vin", "Wal", "Wen", "West", "Wil", "Yam", "Zan", "Zel",
];

pub(crate) const FAMILY_END: &[&str] = &[
    "aker", "ami", "amura", "ano", "ari", "ault", "berg", "bianco", "by", "dahl", "dez", "dottir", "elli", "enko", "er", "escu", "eva",
    "gaard", "go", "hansen", "heim", "hoff", "ic", "idze", "ikova", "ine", "ingen", "ini", "man", "mark", "mo", "more", "nen", "nes",
    "omar", "oto", "ova", "rud", "sen", "ski", "son", "sson", "stad", "strom", "ton", "vik", "wal", "witz", "yan", "zadeh",
];

pub(crate) const TITLES: &[&str] = &[
    "Accountant",
    "Analyst",
    "Architect",
    "Buyer",
    "Consultant",
    "Controller",
    "Designer",
    "Director",
    "Electrician",
    "Engineer",
    "Geologist",
    "Lawyer",
    "Librarian",
    "Nurse",
    "Planner",
    "Project Manager",
    "Recruiter",
    "Researcher",
    "Sales Manager",
    "Secretary",
    "Senior Engineer",
    "Support Agent",
    "Teacher",
    "Technician",
    "Translator",
    "Welder",
];

pub(crate) const DEPARTMENTS: &[&str] = &[
    "Administration",
    "Customer Care",
    "Development",
    "Facilities",
    "Finance",
    "Human Resources",
    "Legal",
    "Logistics",
    "Marketing",
    "Operations",
    "Procurement",
    "Production",
    "Quality",
    "Research",
    "Sales",
    "Security",
];

/// Where people are, and what they speak there.
pub(crate) const PLACES: &[(&str, &str)] = &[
    ("Europe/Oslo", "nb-NO"),
    ("Europe/Oslo", "nn-NO"),
    ("Europe/Stockholm", "sv-SE"),
    ("Europe/Helsinki", "fi-FI"),
    ("Europe/London", "en-GB"),
    ("Europe/Rome", "it-IT"),
    ("Europe/Madrid", "es-ES"),
    ("America/New_York", "en-US"),
    ("America/Sao_Paulo", "pt-BR"),
    ("Asia/Tokyo", "ja-JP"),
    ("Asia/Kolkata", "en-IN"),
    ("Africa/Nairobi", "en-KE"),
];
