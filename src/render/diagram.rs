//! Lays the triage out as a diagram.
//!
//! In: rows of text. Out: shapes in units of a sixteenth of the text's size, for a template to write as SVG.
//! Questions and answers are indented from the left, outcomes are in a column on the right, so that the diagram
//! grows downward, not sideways. SVG cannot break lines, so text is measured here. Because fonts differ, the estimate
//! is a little too wide rather than too narrow.

use serde::Serialize;

/// The size of the text; all other lengths are in the same units.
const EM: usize = 16;
const LINE: usize = 22;
/// How far the answers of a question are indented.
const STEP: usize = 28;
/// Room for an answer at any depth, and for an outcome.
const ANSWER: usize = 250;
const OUTCOME: usize = 260;
/// Between the text of an answer and the outcome.
const GUTTER: usize = 40;
/// Around the text in a box.
const PAD: usize = 10;
/// Between two rows.
const GAP: usize = 12;
/// The left edge of the column of outcomes, unless answers are indented too far for it.
const COLUMN: usize = 400;

/// An answer, and what it leads to.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub(super) depth: usize,
    pub(super) answer: Option<&'a str>,
    pub(super) end: String,
    pub(super) kind: Kind,
}

/// What a box shows; also its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Question,
    Above,
    Outcome,
}

/// The diagram. Lengths are in sixteenths of an em.
#[derive(Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Diagram {
    width: usize,
    height: usize,
    boxes: Vec<DiagramBox>,
    /// Paths, each from a question to one of its answers.
    branches: Vec<String>,
    /// Paths that end in an arrow.
    arrows: Vec<String>,
    lines: Vec<DiagramLine>,
}

/// A box.
#[derive(Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct DiagramBox {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    kind: Kind,
}

/// One line of text; `y` is its baseline.
#[derive(Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct DiagramLine {
    x: usize,
    y: usize,
    text: String,
}

/// Lays rows out.
pub(super) fn diagram(rows: &[Row<'_>]) -> Diagram {
    let deepest = rows.iter().map(|row| row.depth).max().unwrap_or_default();
    let mut pen = Pen {
        column: COLUMN.max(deepest * STEP + ANSWER + GUTTER),
        ..Pen::default()
    };
    for row in rows {
        pen.row(row);
    }
    Diagram {
        width: pen.column + OUTCOME + 2,
        height: pen.y + 2,
        ..pen.diagram
    }
}

#[derive(Default)]
struct Pen {
    diagram: Diagram,
    /// Left edge of the outcomes.
    column: usize,
    /// Where the next row begins.
    y: usize,
    /// By depth: where the branch of a question begins.
    trunks: Vec<(usize, usize)>,
}

impl Pen {
    fn row(&mut self, row: &Row<'_>) {
        let left = row.depth * STEP;
        let Some(answer) = row.answer else {
            return self.question(left, row);
        };
        let answer = wrap(answer, self.column - GUTTER - left);
        let end = wrap(&row.end, OUTCOME - 2 * PAD);
        let is_beside = row.kind != Kind::Question;
        let lines = answer.len().max(if is_beside { end.len() } else { 0 });
        let height = lines * LINE + 2 * PAD;
        let middle = self.y + height / 2;
        self.branch(row.depth, left, middle);
        self.text(&answer, left, self.y + (height - answer.len() * LINE) / 2);
        if is_beside {
            let to = self.column - 6;
            let from = (left + widest(&answer) + 8).min(to);
            self.diagram.arrows.push(format!("M{from} {middle}H{to}"));
            self.outline((self.column, self.y), (OUTCOME, height), row.kind);
            let top = self.y + (height - end.len() * LINE) / 2;
            self.text(&end, self.column + PAD, top);
            self.y += height + GAP;
        } else {
            self.y += height;
            self.question(left, row);
        }
    }

    /// A question in its box, from which the branches of its answers come.
    fn question(&mut self, left: usize, row: &Row<'_>) {
        let room = self.column - GUTTER - left;
        let lines = wrap(&row.end, room - 2 * PAD);
        let width = (widest(&lines) + 2 * PAD).min(room);
        let height = lines.len() * LINE + 2 * PAD;
        self.outline((left, self.y), (width, height), Kind::Question);
        self.text(&lines, left + PAD, self.y + PAD);
        self.y += height;
        self.trunks.truncate(row.depth);
        self.trunks.resize(row.depth + 1, (left + STEP / 3, self.y));
        self.y += GAP;
    }

    /// From the question above to this answer.
    fn branch(&mut self, depth: usize, left: usize, middle: usize) {
        let above = depth.checked_sub(1);
        if let Some((x, y)) = above.and_then(|above| self.trunks.get_mut(above)) {
            let to = left - 6;
            self.diagram
                .branches
                .push(format!("M{x} {y}V{middle}H{to}"));
            *y = middle;
        }
    }

    fn outline(&mut self, (x, y): (usize, usize), (width, height): (usize, usize), kind: Kind) {
        self.diagram.boxes.push(DiagramBox {
            x: x + 1,
            y: y + 1,
            width,
            height,
            kind,
        });
    }

    fn text(&mut self, lines: &[String], x: usize, top: usize) {
        let baselines = (top + LINE - 6..).step_by(LINE);
        let lines = lines.iter().zip(baselines).map(|(text, y)| DiagramLine {
            x,
            y,
            text: text.clone(),
        });
        self.diagram.lines.extend(lines);
    }
}

/// Breaks a text between its words, and a word that is too long where it must.
fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("one line at least");
        if line.is_empty() || width(line) + width(" ") + width(word) <= room {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
        break_last(&mut lines, room);
    }
    lines
}

fn break_last(lines: &mut Vec<String>, room: usize) {
    while let Some(line) = lines.last_mut().filter(|line| width(line) > room) {
        let mut used = 0;
        let cut = line.char_indices().skip(1).find(|(at, _)| {
            used = width(&line[..*at]);
            used + EM > room
        });
        let Some((at, _)) = cut else { return };
        let rest = line.split_off(at);
        lines.push(rest);
    }
}

fn widest(lines: &[String]) -> usize {
    let widths = lines.iter().map(|line| width(line));
    widths.max().unwrap_or_default()
}

/// How wide a line is, at most.
fn width(text: &str) -> usize {
    let hundredths: usize = text.chars().map(hundredths).sum();
    hundredths * EM / 100
}

/// The width of a character in hundredths of an em, as in the widest of the common system fonts.
fn hundredths(sign: char) -> usize {
    match sign {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | ' ' | '(' | ')' => 38,
        'f' | 'r' | 't' | '-' | '/' | '"' => 45,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 98,
        'A'..='Z' => 78,
        '\u{1100}'.. => 102,
        _ => 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<'a>(depth: usize, answer: Option<&'a str>, end: &str, kind: Kind) -> Row<'a> {
        Row {
            depth,
            answer,
            end: end.to_owned(),
            kind,
        }
    }

    #[test]
    fn lines_break_between_words_and_fit_their_room() {
        for (text, room, expected) in [
            ("one two three", 1000, "one two three"),
            ("one two three", 70, "one two|three"),
            ("  one   two ", 1000, "one two"),
            ("", 100, ""),
            ("wwwwwwwwww", 50, "www|www|www|w"),
            ("日本語の質問", 60, "日本語|の質問"),
        ] {
            let lines = wrap(text, room);
            assert_eq!(lines.join("|"), expected);
            assert!(lines.iter().all(|line| width(line) <= room), "{lines:?}");
        }
    }

    #[test]
    fn nothing_overlaps_or_is_outside() {
        let long = "a question with rather more words than one line of it could ever hold";
        let rows = [
            row(0, None, long, Kind::Question),
            row(1, Some("yes"), long, Kind::Outcome),
            row(1, Some(long), "then?", Kind::Question),
            row(2, Some("no"), "that", Kind::Outcome),
            row(2, Some("unsure"), "a question", Kind::Above),
            row(1, Some("unsure"), "end", Kind::Outcome),
        ];
        let diagram = diagram(&rows);
        for one in &diagram.boxes {
            assert!(one.x + one.width <= diagram.width, "{one:?}");
            assert!(one.y + one.height <= diagram.height, "{one:?}");
        }
        for line in &diagram.lines {
            assert!(line.x + width(&line.text) <= diagram.width, "{line:?}");
            assert!(line.y < diagram.height, "{line:?}");
        }
        let over = |a: &DiagramBox, b: &DiagramBox| {
            a.x < b.x + b.width
                && b.x < a.x + a.width
                && a.y < b.y + b.height
                && b.y < a.y + a.height
        };
        for (at, one) in diagram.boxes.iter().enumerate() {
            assert!(!diagram.boxes[..at].iter().any(|other| over(one, other)));
        }
        assert_eq!(diagram.branches.len(), 5);
        assert_eq!(diagram.arrows.len(), 4);
    }

    #[test]
    fn a_deep_chain_has_room_for_its_words() {
        let rows: Vec<_> = (0..500)
            .map(|depth| row(depth, Some("on"), "and?", Kind::Question))
            .collect();
        let diagram = diagram(&rows);
        assert!(diagram.lines.iter().all(|line| line.x < diagram.width));
        assert_eq!(diagram.lines.len(), 1000);
    }
}
