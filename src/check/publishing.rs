//! Settings that the chosen host does not support.

use crate::config::HostTarget;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Site;

/// Reports what the published site will lack on the chosen host.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let target = site.config.publish.target.as_ref();
    let path = site.config.base_url.path();
    let problem = match target.map(|target| target.value) {
        Some(host @ (HostTarget::GithubPages | HostTarget::GitlabPages)) => {
            let message = format!("{} cannot send the site's headers", host.title());
            Diagnostic::info(Code::HostLacks, message).hint(
                "pages keep their policy, but another site can show them in a frame, browsers may guess the type \
                 of a file, and they ask again for files that never change; other targets have no such limits",
            )
        }
        Some(host @ (HostTarget::Netlify | HostTarget::CloudflarePages)) if path != "/" => {
            let host = host.title();
            let message = format!(
                "{host} reads `_headers` and `_redirects` only at the root of a host, and this site is below `{path}`"
            );
            Diagnostic::warning(Code::HostLacks, message)
                .hint("publish the site at the root of a host, or copy both files to its root")
        }
        None if path != "/" => {
            let message = format!(
                "hosts read `_headers` and `_redirects` only at their root, and this site is below `{path}`"
            );
            Diagnostic::info(Code::HostLacks, message).hint(
                "copy both files to the root of the host, or set `target` in `[publish]` of site.toml",
            )
        }
        _ => return,
    };
    diagnostics.push(match target {
        Some(target) => problem.at(&target.location),
        None => problem,
    });
}
