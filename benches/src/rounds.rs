//! Rounds over everything, so that all servers see the same weather on the machine.

use crate::Outcome;
use crate::options::Options;
use crate::process::ticks_per_second;
use crate::sample::{Figure, Sample};
use crate::servers::Server;
use crate::targets::Target;

/// More people than one work of a few seconds makes.
const NUMBERS_OF_A_WORK: u64 = 1_000_000;

/// One work against one server, over all rounds.
pub(crate) struct Measure {
    pub(crate) work: String,
    pub(crate) server: &'static str,
    pub(crate) figure: Figure,
}

/// Runs every target once a round.
pub(crate) fn run(options: &Options, targets: &[Target], servers: &mut [Server]) -> Outcome<Vec<Measure>> {
    let ticks_per_second = ticks_per_second()?;
    let mut samples: Vec<Vec<Sample>> = targets.iter().map(|_| Vec::new()).collect();
    let mut first = NUMBERS_OF_A_WORK * 10;
    for round in 1..=options.rounds {
        for (target, samples) in targets.iter().zip(&mut samples) {
            let server = servers.iter_mut().find(|server| server.name == target.server);
            samples.push(target.run(options, server, ticks_per_second, first)?);
            first += NUMBERS_OF_A_WORK;
        }
        eprintln!("round {round} of {} is done", options.rounds);
    }
    let measure = |(target, samples): (&Target, &Vec<Sample>)| Measure {
        work: target.work.clone(),
        server: target.server,
        figure: Figure::of(samples),
    };
    Ok(targets.iter().zip(&samples).map(measure).collect())
}
