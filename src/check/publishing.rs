//! Settings of `[publish]`: what the chosen host does not support, and the image of link previews.

use imagesize::{ImageType, blob_size, image_type};

use crate::config::HostTarget;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Site;

/// The size of large previews in pixels.
const WIDTH: usize = 1200;
const HEIGHT: usize = 630;

/// Checks `[publish]`.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    host(site, diagnostics);
    share_image(site, diagnostics);
}

/// Reports what the published site will lack on the chosen host.
fn host(site: &Site, diagnostics: &mut Diagnostics) {
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

/// The image of link previews exists, in a format that every service shows, and is large enough.
fn share_image(site: &Site, diagnostics: &mut Diagnostics) {
    let Some(image) = &site.config.publish.image else {
        return;
    };
    let name = &image.value;
    let bytes = site.files.get(name.as_str());
    let pixels = bytes.and_then(|bytes| blob_size(bytes).ok());
    let (width, height) = pixels.map_or((0, 0), |size| (size.width, size.height));
    let problem = if bytes.is_none() {
        let message = format!("`content/{name}` does not exist");
        Diagnostic::error(Code::ShareImage, message)
            .hint("write the path of a PNG or JPEG file below `content/`")
    } else if !matches!(
        bytes.map(|bytes| image_type(bytes)),
        Some(Ok(ImageType::Png | ImageType::Jpeg))
    ) {
        let message = format!("`{name}` is neither PNG nor JPEG");
        Diagnostic::error(Code::ShareImage, message)
            .hint("save it as PNG or JPEG, which every service shows")
    } else if width < WIDTH || height < HEIGHT {
        let message = format!("`{name}` is {width} × {height} pixels, too small for link previews");
        Diagnostic::warning(Code::ShareImage, message)
            .hint(format!("make it {WIDTH} × {HEIGHT} pixels"))
    } else {
        return;
    };
    diagnostics.push(problem.at(&image.location));
}
