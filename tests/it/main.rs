//! The one test binary: a file per subject.

<<<<<<< HEAD
mod ledger;
=======
mod definition;
>>>>>>> runtime
