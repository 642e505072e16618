//! Official addresses in texts that leave the site: `{link:NAME}` in a request or in the copy of a form, so that an
//! address is written in `links.toml` alone.

use std::collections::BTreeMap;

use super::OfficialLink;
use crate::ids::LinkName;

/// Replaces each `{link:NAME}` with its address.
///
/// Errors: the first name that the table does not have.
pub fn fill_link_gaps(
    text: &str,
    links: &BTreeMap<LinkName, OfficialLink>,
) -> Result<String, String> {
    let mut parts = text.split("{link:");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((name, rest)) = part.split_once('}') else {
            filled.push_str("{link:");
            filled.push_str(part);
            continue;
        };
        match links.get(&LinkName::new(name.to_owned())) {
            Some(link) => filled.push_str(&link.url),
            None => return Err(name.to_owned()),
        }
        filled.push_str(rest);
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Location, Source};

    #[test]
    fn gaps_become_addresses_and_other_text_stays() {
        let link = OfficialLink {
            url: "https://service.example/project/".to_owned(),
            title: String::new(),
            purpose: String::new(),
            group: None,
            location: Location::start_of(&Source::new("links.toml", "")),
        };
        let links = BTreeMap::from([(LinkName::new("project".to_owned()), link)]);
        let fill = |text| fill_link_gaps(text, &links);
        assert_eq!(
            fill("`{name}`: {link:project}{name}"),
            Ok("`{name}`: https://service.example/project/{name}".to_owned())
        );
        assert_eq!(fill("{link:project"), Ok("{link:project".to_owned()));
        assert_eq!(fill("{link:user}"), Err("user".to_owned()));
    }
}
