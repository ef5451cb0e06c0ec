//! The HTTP front: everything about HTTP that is the same in every API. It knows no API by name.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`json`], [`query_string`] | strict readers of what clients send |
//! | [`settings`], [`networks`], [`public_url`] | what an operator may choose |

pub mod json;
pub mod networks;
pub mod public_url;
pub mod query_string;
pub mod settings;

pub use json::{JsonFault, strict_json};
pub use query_string::{QueryFault, QueryString};
pub use settings::HttpSettings;
