//! Zones that are not in ProofHub's list, each with one that is.

/// A zone of the list, and the other names that it stands for, separated by white space.
pub(super) type Names = (&'static str, &'static str);

/// Zones whose rules are like no row's, with the row that somebody who lives there would choose: for most of the year,
/// its clock is right. Zones that are far from every row are not here.
pub(super) static NEAREST: &[Names] = &[
    ("America/Chicago", "America/Rainy_River America/Winnipeg Canada/Central"),
    ("America/Denver", "America/Edmonton America/Inuvik America/Yellowknife Canada/Mountain"),
    ("America/Los_Angeles", "America/Vancouver Canada/Pacific"),
    ("America/New_York", "America/Havana Cuba"),
    ("Asia/Jerusalem", "Asia/Gaza Asia/Hebron"),
    ("Europe/Athens", "Asia/Beirut"),
];

/// Zones that keep the same time as the one of the list, so that nobody's clock is shown wrong.
pub(super) static ALIASES: &[Names] = &[
    ("Africa/Cairo", "Egypt"),
    ("Africa/Casablanca", "Africa/El_Aaiun"),
    (
        "Africa/Harare",
        "Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Juba Africa/Khartoum Africa/Kigali Africa/Lubumbashi \
         Africa/Lusaka Africa/Maputo Africa/Tripoli Africa/Windhoek Europe/Kaliningrad Libya",
    ),
    ("Africa/Johannesburg", "Africa/Maseru Africa/Mbabane"),
    (
        "Africa/Lagos",
        "Africa/Algiers Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Libreville Africa/Luanda \
         Africa/Malabo Africa/Ndjamena Africa/Niamey Africa/Porto-Novo Africa/Tunis",
    ),
    (
        "Africa/Monrovia",
        "Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry Africa/Dakar Africa/Freetown \
         Africa/Lome Africa/Nouakchott Africa/Ouagadougou Africa/Sao_Tome Africa/Timbuktu Atlantic/St_Helena",
    ),
    (
        "Africa/Nairobi",
        "Africa/Addis_Ababa Africa/Asmara Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala Africa/Mogadishu \
         Indian/Antananarivo Indian/Comoro Indian/Mayotte",
    ),
    ("America/Anchorage", "America/Juneau America/Metlakatla America/Nome America/Sitka America/Yakutat US/Alaska"),
    (
        "America/Argentina/Buenos_Aires",
        "America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Argentina/Cordoba America/Argentina/Jujuy \
         America/Argentina/La_Rioja America/Argentina/Mendoza America/Argentina/Rio_Gallegos America/Argentina/Salta \
         America/Argentina/San_Juan America/Argentina/San_Luis America/Argentina/Tucuman America/Argentina/Ushuaia \
         America/Asuncion America/Buenos_Aires America/Catamarca America/Cayenne America/Cordoba America/Coyhaique \
         America/Jujuy America/Mendoza America/Montevideo America/Paramaribo America/Punta_Arenas America/Rosario \
         Atlantic/Stanley",
    ),
    (
        "America/Bogota",
        "America/Atikokan America/Cancun America/Cayman America/Coral_Harbour America/Eirunepe America/Jamaica America/Panama \
         America/Porto_Acre America/Rio_Branco Brazil/Acre EST Jamaica",
    ),
    (
        "America/Chicago",
        "America/Indiana/Knox America/Indiana/Tell_City America/Knox_IN America/Matamoros America/Menominee \
         America/North_Dakota/Beulah America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga \
         America/Rankin_Inlet America/Resolute CST6CDT US/Central US/Indiana-Starke",
    ),
    ("America/Denver", "America/Boise America/Cambridge_Bay America/Ciudad_Juarez America/Shiprock MST7MDT Navajo US/Mountain"),
    ("America/Guatemala", "America/Belize America/Costa_Rica America/El_Salvador America/Managua America/Tegucigalpa Pacific/Galapagos"),
    ("America/Halifax", "America/Glace_Bay America/Goose_Bay America/Moncton America/Thule Atlantic/Bermuda Canada/Atlantic"),
    (
        "America/Indiana/Indianapolis",
        "America/Fort_Wayne America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay America/Indiana/Vincennes \
         America/Indiana/Winamac America/Indianapolis US/East-Indiana",
    ),
    (
        "America/La_Paz",
        "America/Anguilla America/Antigua America/Aruba America/Barbados America/Blanc-Sablon America/Boa_Vista \
         America/Campo_Grande America/Cuiaba America/Curacao America/Dominica America/Grenada America/Guadeloupe \
         America/Kralendijk America/Lower_Princes America/Manaus America/Marigot America/Martinique America/Montserrat \
         America/Port_of_Spain America/Porto_Velho America/Puerto_Rico America/Santo_Domingo America/St_Barthelemy \
         America/St_Kitts America/St_Lucia America/St_Thomas America/St_Vincent America/Tortola America/Virgin Brazil/West",
    ),
    ("America/Los_Angeles", "PST8PDT US/Pacific"),
    ("America/Mazatlan", "Mexico/BajaSur"),
    ("America/Mexico_City", "America/Bahia_Banderas America/Merida Mexico/General"),
    (
        "America/New_York",
        "America/Detroit America/Grand_Turk America/Iqaluit America/Kentucky/Louisville America/Kentucky/Monticello \
         America/Louisville America/Montreal America/Nassau America/Nipigon America/Pangnirtung America/Port-au-Prince \
         America/Thunder_Bay America/Toronto Canada/Eastern EST5EDT US/Eastern US/Michigan",
    ),
    ("America/Nuuk", "America/Godthab America/Scoresbysund"),
    (
        "America/Phoenix",
        "America/Creston America/Dawson America/Dawson_Creek America/Fort_Nelson America/Hermosillo America/Whitehorse \
         Canada/Yukon MST US/Arizona",
    ),
    ("America/Regina", "America/Swift_Current Canada/Saskatchewan"),
    ("America/Santiago", "Chile/Continental"),
    (
        "America/Sao_Paulo",
        "America/Araguaina America/Bahia America/Belem America/Fortaleza America/Maceio America/Recife America/Santarem \
         Brazil/East",
    ),
    ("America/St_Johns", "Canada/Newfoundland"),
    ("America/Tijuana", "America/Ensenada America/Santa_Isabel Mexico/BajaNorte"),
    ("Asia/Baku", "Europe/Astrakhan Europe/Samara Europe/Saratov Europe/Ulyanovsk"),
    ("Asia/Bangkok", "Asia/Phnom_Penh Asia/Vientiane Indian/Christmas"),
    ("Asia/Chongqing", "Asia/Chungking"),
    ("Asia/Dhaka", "Asia/Bishkek Asia/Dacca Asia/Omsk Asia/Thimbu Asia/Thimphu Indian/Chagos"),
    ("Asia/Dubai", "Indian/Mahe Indian/Mauritius Indian/Reunion"),
    ("Asia/Ho_Chi_Minh", "Asia/Saigon"),
    ("Asia/Hong_Kong", "Hongkong"),
    ("Asia/Jakarta", "Asia/Pontianak"),
    ("Asia/Jerusalem", "Asia/Tel_Aviv Israel"),
    ("Asia/Kamchatka", "Asia/Anadyr"),
    ("Asia/Karachi", "Indian/Maldives"),
    ("Asia/Kathmandu", "Asia/Katmandu"),
    ("Asia/Kolkata", "Asia/Calcutta"),
    ("Asia/Krasnoyarsk", "Asia/Barnaul Asia/Hovd Asia/Novokuznetsk Asia/Tomsk"),
    ("Asia/Kuala_Lumpur", "Asia/Brunei Asia/Kuching"),
    ("Asia/Magadan", "Asia/Sakhalin Asia/Srednekolymsk"),
    ("Asia/Riyadh", "Asia/Aden Asia/Amman Asia/Bahrain Asia/Damascus Asia/Qatar"),
    ("Asia/Seoul", "Asia/Pyongyang ROK"),
    ("Asia/Shanghai", "Asia/Harbin Asia/Macao Asia/Macau PRC"),
    ("Asia/Singapore", "Asia/Makassar Asia/Manila Asia/Ujung_Pandang Singapore"),
    ("Asia/Taipei", "ROC"),
    (
        "Asia/Tashkent",
        "Asia/Aqtau Asia/Aqtobe Asia/Ashgabat Asia/Ashkhabad Asia/Atyrau Asia/Dushanbe Asia/Oral Asia/Qostanay Asia/Qyzylorda \
         Asia/Samarkand",
    ),
    ("Asia/Tehran", "Iran"),
    ("Asia/Tokyo", "Asia/Dili Asia/Jayapura Japan Pacific/Palau"),
    ("Asia/Ulaanbaatar", "Asia/Choibalsan Asia/Ulan_Bator"),
    ("Asia/Urumqi", "Asia/Kashgar"),
    ("Asia/Vladivostok", "Asia/Ust-Nera"),
    ("Asia/Yakutsk", "Asia/Chita Asia/Khandyga"),
    ("Asia/Yangon", "Asia/Rangoon Indian/Cocos"),
    ("Atlantic/South_Georgia", "America/Noronha Brazil/DeNoronha"),
    ("Australia/Adelaide", "Australia/Broken_Hill Australia/South Australia/Yancowinna"),
    ("Australia/Brisbane", "Australia/Lindeman Australia/Queensland"),
    ("Australia/Canberra", "Australia/ACT"),
    ("Australia/Darwin", "Australia/North"),
    ("Australia/Hobart", "Antarctica/Macquarie Australia/Currie Australia/Tasmania"),
    ("Australia/Melbourne", "Australia/Victoria"),
    ("Australia/Perth", "Australia/West"),
    ("Australia/Sydney", "Australia/NSW"),
    (
        "Etc/UTC",
        "America/Danmarkshavn Atlantic/Reykjavik Etc/GMT Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich Etc/UCT Etc/Universal \
         Etc/Zulu GMT GMT+0 GMT-0 GMT0 Greenwich Iceland UCT UTC Universal Zulu",
    ),
    ("Europe/Athens", "Asia/Famagusta Asia/Nicosia EET Europe/Nicosia"),
    ("Europe/Belgrade", "Europe/Podgorica Europe/Tirane"),
    ("Europe/Berlin", "Arctic/Longyearbyen Atlantic/Jan_Mayen CET Europe/Oslo MET"),
    ("Europe/Brussels", "Europe/Luxembourg"),
    ("Europe/Bucharest", "Europe/Chisinau Europe/Tiraspol"),
    ("Europe/Dublin", "Eire"),
    ("Europe/Helsinki", "Europe/Mariehamn"),
    ("Europe/Istanbul", "Asia/Istanbul Turkey"),
    ("Europe/Kyiv", "Europe/Kiev Europe/Uzhgorod Europe/Zaporozhye"),
    ("Europe/Lisbon", "Atlantic/Canary Atlantic/Faeroe Atlantic/Faroe Atlantic/Madeira Portugal WET"),
    ("Europe/London", "Europe/Belfast Europe/Guernsey Europe/Isle_of_Man Europe/Jersey GB GB-Eire"),
    ("Europe/Madrid", "Africa/Ceuta Europe/Andorra Europe/Gibraltar"),
    ("Europe/Moscow", "Europe/Kirov Europe/Simferopol W-SU"),
    ("Europe/Paris", "Europe/Monaco"),
    ("Europe/Rome", "Europe/Malta Europe/San_Marino Europe/Vatican"),
    ("Europe/Warsaw", "Poland"),
    ("Europe/Zurich", "Europe/Busingen Europe/Vaduz"),
    ("Pacific/Auckland", "Antarctica/McMurdo Antarctica/South_Pole NZ"),
    ("Pacific/Guadalcanal", "Pacific/Bougainville Pacific/Efate Pacific/Kosrae Pacific/Pohnpei Pacific/Ponape"),
    ("Pacific/Guam", "Pacific/Saipan"),
    ("Pacific/Honolulu", "HST Pacific/Johnston Pacific/Rarotonga Pacific/Tahiti US/Hawaii"),
    ("Pacific/Majuro", "Kwajalein Pacific/Funafuti Pacific/Kwajalein Pacific/Nauru Pacific/Tarawa Pacific/Wake Pacific/Wallis"),
    ("Pacific/Pago_Pago", "Pacific/Niue Pacific/Samoa US/Samoa"),
    ("Pacific/Port_Moresby", "Pacific/Chuuk Pacific/Truk Pacific/Yap"),
    ("Pacific/Tongatapu", "Pacific/Apia Pacific/Enderbury Pacific/Fakaofo Pacific/Kanton"),
];
