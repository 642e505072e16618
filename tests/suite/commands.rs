//! The command line: help, exit codes, what goes to which output.

use crate::harness::SiteTest;

#[test]
fn no_content_folder_is_wrong_usage() {
    SiteTest::new().run(["check"]).code(2);
}
