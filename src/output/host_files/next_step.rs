//! What to do after a build, host by host.

use crate::config::HostTarget;
use crate::ids::BaseUrl;

/// The command that publishes a site that was built into `folder`.
pub fn next_step(target: HostTarget, base: &BaseUrl, folder: &str) -> String {
    let server = Server::of(base);
    let copy = format!("sudo rsync -a --delete {folder}/ {}/", server.folder);
    match target {
        HostTarget::GithubPages => "commit and push: the workflow publishes the site \
            (`regain init --target github-pages` writes one)"
            .to_owned(),
        HostTarget::GitlabPages => "commit and push: the job `pages` publishes the site \
            (`regain init --target gitlab-pages` writes one)"
            .to_owned(),
        HostTarget::Netlify => format!("netlify deploy --prod --dir {folder}"),
        HostTarget::CloudflarePages => format!("wrangler pages deploy {folder}"),
        HostTarget::S3Cloudfront => format!(
            "aws s3 sync --delete {folder}/ s3://BUCKET{path} &&\n  \
             aws cloudfront create-invalidation --distribution-id ID --paths '/*'\n  \
             (once, before that: aws cloudformation deploy --region us-east-1 --stack-name help \
             --template-file {folder}/cloudformation.yaml --parameter-overrides Certificate=ARN)",
            path = base.path()
        ),
        HostTarget::Caddy => format!(
            "{copy} &&\n  sudo caddy reload --config {}/Caddyfile",
            server.folder
        ),
        HostTarget::Nginx => format!(
            "{copy} &&\n  sudo ln -sf {}/nginx.conf /etc/nginx/conf.d/{}.conf && sudo nginx -s reload",
            server.folder, server.host
        ),
    }
}

/// Where the site is on a server of one's own.
pub(super) struct Server<'a> {
    /// The host without its port; `_` if it is not known.
    pub(super) host: &'a str,
    pub(super) root: String,
    /// The folder of the site, which is below the root if the site has a sub-path.
    pub(super) folder: String,
}

impl<'a> Server<'a> {
    pub(super) fn of(base: &'a BaseUrl) -> Self {
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
