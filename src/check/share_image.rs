//! The image of link previews: whether it exists, in a format that every service shows, and is large enough.

use imagesize::{ImageType, blob_size, image_type};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Site;

/// The size of large previews in pixels.
const WIDTH: usize = 1200;
const HEIGHT: usize = 630;

/// Checks `image` of `[publish]`.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
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
