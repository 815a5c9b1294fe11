//! A clock that can be moved on, for the sandbox and the function processes alike.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{env, fs, io, process};

use escalation::runtime::Clock;
use jiff::{SignedDuration, Timestamp};

/// The environment variable by which a function process of the sandbox is told [`WorldClock::path`].
pub const VARIABLE: &str = "SANDBOX_CLOCK";

/// The world's time: the machine's, and as much later as it was moved on. It never goes back.
///
/// How far it was moved stands in a small file, so that a function in a process of its own sees
/// a jump at once. The file goes with the last handle.
#[derive(Clone)]
pub struct WorldClock(Arc<Shared>);

struct Shared {
    path: PathBuf,
    ahead: Mutex<SignedDuration>,
}

impl WorldClock {
    /// A clock that starts at the machine's time.
    pub fn new() -> io::Result<Self> {
        Self::begun(Duration::ZERO)
    }

    /// A clock that starts so long before the machine's time: for a world with a past.
    pub fn begun(ago: Duration) -> io::Result<Self> {
        let ahead = -SignedDuration::try_from(ago).unwrap_or(SignedDuration::MAX);
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("sandbox-clock-{}-{count}", process::id());
        let shared = Shared { path: env::temp_dir().join(name), ahead: Mutex::new(ahead) };
        shared.write(ahead)?;
        Ok(Self(Arc::new(shared)))
    }

    /// Moves the world on by `duration`.
    pub fn advance(&self, duration: Duration) -> io::Result<()> {
        let mut ahead = self.0.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let further = ahead.saturating_add(SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX));
        self.0.write(further)?;
        *ahead = further;
        Ok(())
    }

    /// This clock for parts of this process.
    pub fn clock(&self) -> Clock {
        let shared = self.0.clone();
        forward_only(move || *shared.ahead.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The file by which another process follows; see [`WorldClock::at`].
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// The clock whose file is `path`, for a process that did not make it.
    pub fn at(path: &Path) -> io::Result<Clock> {
        read(path)?;
        let path = path.to_owned();
        // Where the sandbox has ended and taken its file along, time goes on from where it was.
        let last = Mutex::new(SignedDuration::ZERO);
        Ok(forward_only(move || {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            *last = read(&path).unwrap_or(*last);
            *last
        }))
    }
}

impl Shared {
    /// A reader in another process sees the old text or the new one, never a half: a rename is whole.
    fn write(&self, ahead: SignedDuration) -> io::Result<()> {
        let draft = self.path.with_extension("draft");
        fs::write(&draft, ahead.as_nanos().to_string())?;
        fs::rename(draft, &self.path)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        // A file left behind in the temporary folder does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

fn read(path: &Path) -> io::Result<SignedDuration> {
    let text = fs::read_to_string(path)?;
    let nanos = text.parse::<i64>().map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(SignedDuration::from_nanos(nanos))
}

/// The machine's own clock may be set back while we run; ours then stands still.
fn forward_only(ahead: impl Fn() -> SignedDuration + Send + Sync + 'static) -> Clock {
    let machine = Clock::system();
    let latest = Mutex::new(Timestamp::MIN);
    Clock::new(move || {
        let now = machine.now().checked_add(ahead()).unwrap_or(Timestamp::MAX);
        let mut latest = latest.lock().unwrap_or_else(PoisonError::into_inner);
        *latest = now.max(*latest);
        *latest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn hours_ahead(clock: &Clock) -> i64 {
        let ahead = clock.now().duration_since(Clock::system().now());
        (ahead.as_secs() + 1800).div_euclid(3600)
    }

    #[test]
    fn starts_at_the_machines_time_and_moves_on() {
        let world = WorldClock::new().unwrap();
        assert_eq!(hours_ahead(&world.clock()), 0);
        world.advance(HOUR).unwrap();
        world.advance(HOUR * 2).unwrap();
        assert_eq!(hours_ahead(&world.clock()), 3);
    }

    #[test]
    fn a_world_with_a_past_begins_there_and_can_be_brought_to_the_present() {
        let world = WorldClock::begun(HOUR * 2).unwrap();
        assert_eq!(hours_ahead(&world.clock()), -2);
        world.advance(HOUR * 2).unwrap();
        assert_eq!(hours_ahead(&WorldClock::at(world.path()).unwrap()), 0);
    }

    #[test]
    fn a_clock_handed_out_before_a_jump_sees_it_here_and_in_another_process() {
        let world = WorldClock::new().unwrap();
        let (here, there) = (world.clock(), WorldClock::at(world.path()).unwrap());
        world.advance(HOUR * 5).unwrap();
        assert_eq!((hours_ahead(&here), hours_ahead(&there)), (5, 5));
    }

    #[test]
    fn never_goes_back_even_when_its_file_does() {
        let world = WorldClock::new().unwrap();
        let there = WorldClock::at(world.path()).unwrap();
        world.advance(HOUR * 5).unwrap();
        let before = there.now();
        fs::write(world.path(), "0").unwrap();
        assert!(before <= there.now());
    }

    #[test]
    fn time_goes_on_from_where_it_was_once_the_file_is_gone() {
        let world = WorldClock::new().unwrap();
        world.advance(HOUR * 5).unwrap();
        let there = WorldClock::at(world.path()).unwrap();
        there.now();
        let path = world.path().to_owned();
        drop(world);
        assert!(!path.exists());
        assert_eq!(hours_ahead(&there), 5);
    }

    #[test]
    fn a_file_that_is_not_there_or_not_a_clocks_is_refused() {
        let world = WorldClock::new().unwrap();
        fs::write(world.path(), "noon").unwrap();
        assert!(WorldClock::at(world.path()).is_err());
        assert!(WorldClock::at(Path::new("/nowhere/clock")).is_err());
    }

    #[test]
    fn two_worlds_have_two_times() {
        let (one, other) = (WorldClock::new().unwrap(), WorldClock::new().unwrap());
        one.advance(HOUR).unwrap();
        assert_eq!((hours_ahead(&one.clock()), hours_ahead(&other.clock())), (1, 0));
    }
}
