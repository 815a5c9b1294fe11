//! How the timeline looks.

use anstream::println;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use owo_colors::OwoColorize;

/// Columns of a line's text; what is longer goes on below.
const WIDTH: usize = 88;

/// A blank at which no line ends.
pub const TOGETHER: &str = "\u{a0}";

/// Who a line is about.
#[derive(Clone, Copy)]
pub enum Who {
    Person(&'static str),
    HubSpot,
    Product,
    Slack,
    Jira,
    Trouble,
}

/// The timeline on the console.
pub struct Page {
    zone: TimeZone,
}

impl Page {
    pub fn new(zone: TimeZone) -> Self {
        Self { zone }
    }

    pub fn story(&self, number: usize, title: &str) {
        println!();
        println!("{} {}", format!("{number}.").bold(), title.bold());
        println!("{}", "─".repeat(WIDTH + 22).dimmed());
    }

    pub fn line(&self, at: Timestamp, who: Who, text: &str) {
        let time = at.to_zoned(self.zone.clone()).strftime("%H:%M:%S").to_string();
        let name = match who {
            Who::Person(name) => name,
            Who::HubSpot => "HubSpot",
            Who::Product => "product",
            Who::Slack => "Slack",
            Who::Jira => "Jira",
            Who::Trouble => "trouble",
        };
        let name = format!("{name:<9}");
        let name = match who {
            Who::Person(_) => name.cyan().to_string(),
            Who::HubSpot => name.yellow().to_string(),
            Who::Product => name.green().to_string(),
            Who::Slack => name.magenta().to_string(),
            Who::Jira => name.blue().to_string(),
            Who::Trouble => name.red().to_string(),
        };
        for (index, part) in wrapped(text).into_iter().enumerate() {
            match index {
                0 => println!("{}  {name} {part}", time.dimmed()),
                _ => println!("{:20}{part}", ""),
            }
        }
    }

    /// What stands in a comment, a line a paragraph.
    pub fn quote(&self, text: &str) {
        for line in text.lines() {
            for part in wrapped(line) {
                println!("{:20}{} {part}", "", "│".dimmed());
            }
        }
    }

    pub fn must(&self, what: &str, holds: bool) {
        match holds {
            true => println!("{:20}{} {}", "", "✔".green(), what.dimmed()),
            false => println!("{:20}{} {}", "", "✘ not so:".red().bold(), what.red()),
        }
    }

    /// A row of a list.
    pub fn row(&self, text: &str) {
        println!("{:4}{text}", "");
    }

    pub fn blank(&self) {
        println!();
    }

    pub fn heading(&self, text: &str) {
        println!();
        println!("{}", text.bold());
    }

    pub fn end(&self, held: usize, broken: &[String]) {
        println!();
        match broken {
            [] => println!("{}", format!("All {held} things are as they must be.").green().bold()),
            _ => println!("{}", format!("{held} things are as they must be, {} are not.", broken.len()).red().bold()),
        }
    }
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is always a line");
        let is_full = line.chars().count() + word.chars().count() >= WIDTH;
        match (line.is_empty(), is_full) {
            (true, _) => line.push_str(word),
            (false, false) => {
                line.push(' ');
                line.push_str(word);
            }
            (false, true) => lines.push(word.to_owned()),
        }
    }
    lines.into_iter().map(|it| it.replace(TOGETHER, " ")).collect()
}
