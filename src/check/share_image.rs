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
    let report = |problem: Diagnostic| problem.at(image.location.clone());
    let Some(bytes) = site.files.get(name.as_str()) else {
        let problem =
            Diagnostic::error(Code::ShareImage, format!("`content/{name}` does not exist"));
        diagnostics
            .push(report(problem).hint("write the path of a PNG or JPEG file below `content/`"));
        return;
    };
    if !matches!(image_type(bytes), Ok(ImageType::Png | ImageType::Jpeg)) {
        let problem = Diagnostic::error(
            Code::ShareImage,
            format!("`{name}` is neither PNG nor JPEG"),
        );
        diagnostics.push(report(problem).hint("save it as PNG or JPEG, which every service shows"));
        return;
    }
    let (width, height) = blob_size(bytes).map_or((0, 0), |size| (size.width, size.height));
    if width < WIDTH || height < HEIGHT {
        let message = format!("`{name}` is {width} × {height} pixels, too small for link previews");
        let problem = Diagnostic::warning(Code::ShareImage, message);
        diagnostics.push(report(problem).hint(format!("make it {WIDTH} × {HEIGHT} pixels")));
    }
}
