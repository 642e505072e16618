//! The checklist page's scripts, run in an embedded engine, so that the program checks answers and requests exactly as
//! the page does. They cannot access anything else on the machine, and the number of steps is limited.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use rquickjs::function::IntoArgs;
use rquickjs::{CatchResultExt as _, CaughtError, Context, Ctx, Function, Object, Runtime};
use serde::de::DeserializeOwned;

macro_rules! page_scripts {
    ($($name:literal)*) => {
        [$(include_str!(concat!("../../themes/default/js/lib/", $name, ".js"))),*]
    };
}

/// The scripts, in the order of `theme.toml`.
const SCRIPTS: [&str; 7] =
    page_scripts!["invisible" "cleaned" "secret-scanner" "escape" "request" "language" "submitted"];

/// Connects them with the program.
const BRIDGE: &str = include_str!("bridge.js");

/// How often the engine may ask whether to go on, about every ten thousand steps, before a pattern of the checklist is
/// taken for endless. A long request takes a few hundred.
const MAX_CHECKS: u32 = 20_000;

/// An engine in which the scripts have run.
pub(super) struct Scripts {
    context: Context,
    checks_left: Rc<Cell<u32>>,
}

impl Scripts {
    /// Runs the scripts.
    pub(super) fn new() -> Result<Self, String> {
        let runtime = Runtime::new().map_err(|error| error.to_string())?;
        let checks_left = Rc::new(Cell::new(0));
        let left = Rc::clone(&checks_left);
        runtime.set_interrupt_handler(Some(Box::new(move || {
            left.set(u32::saturating_sub(left.get(), 1));
            left.get() == 0
        })));
        let scripts = Self {
            context: Context::full(&runtime).map_err(|error| error.to_string())?,
            checks_left,
        };
        scripts.run(|context| {
            context.eval::<(), _>("var window = globalThis; var regain = {};")?;
            for script in SCRIPTS.iter().chain([&BRIDGE]) {
                context.eval::<(), _>(*script)?;
            }
            Ok(())
        })?;
        Ok(scripts)
    }

    /// Calls a function of `bridge.js`, which returns JSON.
    ///
    /// Errors: the function fails, as it does with an invalid pattern, or is interrupted because it takes too long.
    pub(super) fn call<T: DeserializeOwned>(
        &self,
        function: &str,
        arguments: impl for<'js> IntoArgs<'js>,
    ) -> Result<T, String> {
        let json: String = self.run(|context| {
            let bridge: Object = context.globals().get("bridge")?;
            bridge.get::<_, Function>(function)?.call(arguments)
        })?;
        serde_json::from_str(&json).map_err(|error| error.to_string())
    }

    fn run<T>(
        &self,
        work: impl for<'js> FnOnce(&Ctx<'js>) -> rquickjs::Result<T>,
    ) -> Result<T, String> {
        self.checks_left.set(MAX_CHECKS);
        self.context.with(|context| {
            work(&context).catch(&context).map_err(|error| match error {
                CaughtError::Exception(exception) => exception.message().unwrap_or_default(),
                error => error.to_string(),
            })
        })
    }
}

/// Converts ranges of a text to bytes; scripts count in UTF-16 units.
pub(super) fn to_bytes(text: &str) -> impl Fn(&mut Range<usize>) {
    let units = text
        .char_indices()
        .flat_map(|(at, one)| std::iter::repeat_n(at, one.len_utf16()));
    let bytes: Vec<usize> = units.chain([text.len()]).collect();
    move |span| *span = bytes[span.start]..bytes[span.end]
}
