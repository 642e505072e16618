//! The configuration of static hosts.
//!
//! In: the site's address, old addresses and hashed folders. Out: the text of one file, made from the
//! template beside this one. It contains no path of this machine: each file names the folder on the server
//! where the site belongs.

mod next_step;

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_json::{Map, json};
use tera::{Context, Tera};

use super::headers::{CONTENT_TYPES, FIXED_HEADERS, IMMUTABLE, header_policy};
use super::{HostFiles, address};
use crate::site::HostFile;

use next_step::Server;
pub use next_step::next_step;

/// The most bytes for the list of old addresses in the `CloudFront` function, which can have at most 10 KiB.
const REDIRECTS_LIMIT: usize = 8 * 1024;

/// The template of a file, if it is the configuration of a host.
fn template(file: HostFile) -> Option<&'static str> {
    Some(match file {
        HostFile::Headers => include_str!("_headers"),
        HostFile::Redirects => include_str!("_redirects"),
        HostFile::Nginx => include_str!("nginx.conf"),
        HostFile::Caddyfile => include_str!("Caddyfile"),
        HostFile::CloudFormation => include_str!("cloudformation.yaml"),
        _ => return None,
    })
}

/// The text of a file; `None` if it is not the configuration of a host.
///
/// # Panics
/// Never: the templates use only what is given to them here.
pub(super) fn config(file: HostFile, hosting: &HostFiles<'_>) -> Option<String> {
    let template = template(file)?;
    let base = hosting.base;
    let server = Server::of(base);
    let mut headers = Map::new();
    headers.insert("Content-Security-Policy".to_owned(), header_policy().into());
    headers.extend(
        FIXED_HEADERS
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).into())),
    );
    let types = CONTENT_TYPES.iter().map(|(extension, content_type)| {
        let plain = content_type.split(';').next();
        ((*extension).to_owned(), plain.into())
    });
    let redirects = hosting.redirects.iter();
    let addresses: BTreeMap<_, _> = redirects.map(|one| one.addresses(base)).collect();
    let redirects = addresses.iter().map(|(from, to)| {
        // nginx compares decoded paths.
        let decoded = percent_decode_str(from).decode_utf8_lossy();
        let decoded = decoded.replace('\\', r"\\").replace('"', "\\\"");
        json!({ "from": from, "to": to, "decoded_from": decoded })
    });
    let mut redirects_json = json!(addresses).to_string();
    if redirects_json.len() > REDIRECTS_LIMIT {
        // The pages at the old addresses still redirect.
        redirects_json = String::from("{}");
    }
    let immutable = hosting.immutable.iter().map(|folder| address(base, folder));
    let values = json!({
        "host": server.host,
        "root": server.root,
        "folder": server.folder,
        "address": base.origin().unwrap_or(":80"),
        "base": address(base, ""),
        "keep": IMMUTABLE,
        "headers": headers,
        "types": types.collect::<Map<_, _>>(),
        "immutable": immutable.collect::<Vec<_>>(),
        "redirects": redirects.collect::<Vec<_>>(),
        "compress": hosting.compress,
        "redirects_json": redirects_json,
    });
    let context = Context::from_serialize(&values).expect("a map");
    Some(Tera::one_off(template, &context, false).expect("a good template"))
}
