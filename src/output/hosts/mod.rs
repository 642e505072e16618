//! The configuration of hosts that do not read `_headers` and `_redirects`.
//!
//! In: the site's address, old addresses and hashed folders. Out: the text of one file, made from the
//! template beside this one. No path of this machine is in it: each file names the folder on the server
//! where the site belongs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

use super::headers::{CONTENT_TYPES, FIXED_HEADERS, IMMUTABLE, header_policy};
use super::{Hosting, address};
use crate::config::Target;
use crate::ids::BaseUrl;

/// A function at `CloudFront` has at most 10 KiB, and most of that is left for old addresses.
const MOVED_LIMIT: usize = 8 * 1024;

/// What is done to make the site that was built into a folder live.
pub fn next_step(target: Target, base: &BaseUrl, folder: &str) -> String {
    let server = Server::of(base);
    let copy = format!("sudo rsync -a --delete {folder}/ {}/", server.folder);
    match target {
        Target::GithubPages => "commit and push: the workflow publishes the site \
            (`regain init --target github-pages` writes one)"
            .to_owned(),
        Target::GitlabPages => format!("let the job `pages` of .gitlab-ci.yml publish `{folder}`"),
        Target::Netlify => format!("netlify deploy --prod --dir {folder}"),
        Target::CloudflarePages => format!("wrangler pages deploy {folder}"),
        Target::S3Cloudfront => format!(
            "aws s3 sync --delete {folder}/ s3://BUCKET{path} &&\n  \
             aws cloudfront create-invalidation --distribution-id ID --paths '/*'\n  \
             (once, before that: aws cloudformation deploy --region us-east-1 --stack-name help \
             --template-file {folder}/cloudformation.yaml --parameter-overrides Certificate=ARN)",
            path = base.path()
        ),
        Target::Caddy => format!(
            "{copy} &&\n  sudo caddy reload --config {}/Caddyfile",
            server.folder
        ),
        Target::Nginx => format!(
            "{copy} &&\n  sudo ln -sf {}/nginx.conf /etc/nginx/conf.d/{}.conf && sudo nginx -s reload",
            server.folder, server.host
        ),
    }
}

/// Where the site is on a server of one's own.
struct Server<'a> {
    /// The host without its port; `_` if it is not known.
    host: &'a str,
    root: String,
    /// The folder of the site, which is below the root if the site has a sub-path.
    folder: String,
}

impl<'a> Server<'a> {
    fn of(base: &'a BaseUrl) -> Self {
        let host = base.origin().and_then(|origin| origin.split("//").nth(1));
        let host = host.and_then(|host| host.split(':').next());
        let root = format!("/var/www/{}", host.unwrap_or("site"));
        let folder = format!("{root}{}", base.path());
        Self {
            host: host.unwrap_or("_"),
            folder: folder.trim_end_matches('/').to_owned(),
            root,
        }
    }
}

/// `nginx.conf`: one `server` block.
pub(super) fn nginx(hosting: &Hosting<'_>) -> String {
    let mut types = String::new();
    for (extension, content_type) in CONTENT_TYPES {
        let plain = content_type.split(';').next().unwrap_or_default();
        let _ = writeln!(types, "        {plain} {extension};");
    }
    let headers =
        all_headers().map(|(name, value)| format!("    add_header {name} \"{value}\" always;\n"));
    let keep = hosting.immutable.iter().map(|folder| {
        format!(
            "    location ^~ {} {{ set $regain_cache \"{IMMUTABLE}\"; }}\n",
            quoted(&address(hosting.base, folder))
        )
    });
    // nginx compares decoded paths.
    let moved = hosting.redirects.iter().map(|redirect| {
        let (from, to) = redirect.addresses(hosting.base);
        let from = percent_decode_str(&from).decode_utf8_lossy().into_owned();
        format!(
            "    location = {} {{ return 301 {}; }}\n",
            quoted(&from),
            quoted(&to.replace('$', "%24"))
        )
    });
    let values = [
        ("TYPES", types),
        ("HEADERS", headers.collect()),
        ("IMMUTABLE", keep.collect()),
        ("REDIRECTS", moved.collect()),
    ];
    hosting.fill(include_str!("nginx.conf"), &values)
}

/// `Caddyfile`: one site.
pub(super) fn caddy(hosting: &Hosting<'_>) -> String {
    let headers = all_headers().map(|(name, value)| format!("\t\t{name} \"{value}\"\n"));
    let headers: String = headers.collect();
    let folders = hosting.immutable.iter();
    let keep = folders.map(|folder| format!("{}*", address(hosting.base, folder)));
    let moved = hosting.redirects.iter().map(|redirect| {
        let (from, to) = redirect.addresses(hosting.base);
        format!("\tredir {} {} 301\n", quoted(&from), quoted(&to))
    });
    let origin = hosting.base.origin();
    let values = [
        ("ADDRESS", origin.unwrap_or(":80").to_owned()),
        ("ERROR_HEADERS", headers.replace("\t\t", "\t\t\t")),
        ("HEADERS", headers),
        ("IMMUTABLE", keep.collect::<Vec<_>>().join(" ")),
        ("REDIRECTS", moved.collect()),
    ];
    hosting.fill(include_str!("Caddyfile"), &values)
}

/// `cloudformation.yaml`: bucket, distribution and all it needs.
pub(super) fn cloudformation(hosting: &Hosting<'_>) -> String {
    let header = |name: &str| {
        let mut all = all_headers();
        all.find(|(other, _)| *other == name)
            .map_or_else(String::new, |(_, value)| value)
    };
    let mut headers = format!(
        "        SecurityHeadersConfig:
          ContentSecurityPolicy: {{Override: true, ContentSecurityPolicy: \"{}\"}}
          ContentTypeOptions: {{Override: true}}
          FrameOptions: {{Override: true, FrameOption: {}}}
          ReferrerPolicy: {{Override: true, ReferrerPolicy: {}}}
        CustomHeadersConfig:
          Items:\n",
        header("Content-Security-Policy"),
        header("X-Frame-Options"),
        header("Referrer-Policy"),
    );
    for name in ["Permissions-Policy", "Cross-Origin-Opener-Policy"] {
        let value = header(name);
        let _ = writeln!(
            headers,
            "            - {{Header: {name}, Override: true, Value: \"{value}\"}}"
        );
    }
    let keep = hosting.immutable.iter().map(|folder| {
        format!(
            "          - PathPattern: \"{}*\"
            TargetOriginId: bucket
            ViewerProtocolPolicy: redirect-to-https
            Compress: true
            CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
            ResponseHeadersPolicyId: !Ref NamedHeaders\n",
            address(hosting.base, folder)
        )
    });
    let moved = hosting.redirects.iter();
    let moved: BTreeMap<_, _> = moved
        .map(|redirect| redirect.addresses(hosting.base))
        .collect();
    let moved = serde_json::json!(moved).to_string();
    // Otherwise only the page at each old address leads on.
    let fits = moved.len() <= MOVED_LIMIT;
    let moved = if fits { moved } else { "{}".to_owned() };
    let values = [
        ("HEADERS", headers),
        ("IMMUTABLE", keep.collect()),
        ("REDIRECTS", moved),
    ];
    hosting.fill(include_str!("cloudformation.yaml"), &values)
}

impl Hosting<'_> {
    /// Puts values in the places a template marks as `@NAME@`.
    fn fill(&self, template: &str, values: &[(&str, String)]) -> String {
        let server = Server::of(self.base);
        let common = [
            ("HOST", server.host.to_owned()),
            ("ROOT", server.root),
            ("FOLDER", server.folder),
            ("BASE", address(self.base, "")),
            ("KEEP", IMMUTABLE.to_owned()),
        ];
        let mut text = template.to_owned();
        for (name, value) in common.iter().chain(values) {
            text = text.replace(&format!("@{name}@"), value);
        }
        text
    }
}

fn all_headers() -> impl Iterator<Item = (&'static str, String)> {
    let policy = ("Content-Security-Policy", header_policy());
    let fixed = FIXED_HEADERS.iter();
    std::iter::once(policy).chain(fixed.map(|(name, value)| (*name, (*value).to_owned())))
}

/// One word for nginx and Caddy, whatever is in it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}
