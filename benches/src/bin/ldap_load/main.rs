//! Load on an LDAP server, as wrk makes it on an HTTP server: so many connections, each with one request under way, for so many seconds.
//!
//! `ldap_load ADDRESS CONNECTIONS SECONDS KIND SUBJECTS PEOPLE FIRST`, where SUBJECTS is a file with a line for each thing that is
//! asked about, PEOPLE the entry that everybody is below, and FIRST the number that new people and values count from. Every answer
//! is looked at: its result, and how many entries it has.

mod ber;
mod requests;

use ber::split;
use requests::{Request, Requests, bind};
use std::cell::Cell;
use std::error::Error;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

type Outcome<T> = Result<T, Box<dyn Error>>;

const SUCCESS: u8 = 0;
const SIZE_LIMIT_EXCEEDED: u8 = 4;

/// What all connections share.
struct Plan {
    requests: Requests,
    place: Cell<usize>,
    first: u64,
    end: Instant,
}

/// What one connection has seen.
#[derive(Default)]
struct Seen {
    microseconds: Vec<u64>,
    bytes: usize,
    refused: usize,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, connections, seconds, kind, subjects, people, first] = arguments.as_slice() else {
        return Err("usage: ldap_load ADDRESS CONNECTIONS SECONDS KIND SUBJECTS PEOPLE FIRST".into());
    };
    let subjects = std::fs::read_to_string(subjects)?.lines().map(str::to_owned).collect();
    let requests = Requests { subjects, kind: kind.clone(), people: people.clone() };
    let mut streams = Vec::new();
    for _ in 0..connections.parse()? {
        streams.push(connect(address).await?);
    }
    let started = Instant::now();
    let plan = Rc::new(Plan { requests, place: Cell::new(0), first: first.parse()?, end: started + Duration::from_secs(seconds.parse()?) });
    let tasks = LocalSet::new();
    let working: Vec<_> = streams.into_iter().map(|stream| tasks.spawn_local(work(stream, Rc::clone(&plan)))).collect();
    tasks.await;
    let elapsed = started.elapsed();
    let mut all = Seen::default();
    let mut broken = 0;
    for task in working {
        match task.await? {
            Ok(seen) => {
                all.microseconds.extend(seen.microseconds);
                all.bytes += seen.bytes;
                all.refused += seen.refused;
            }
            Err(error) => {
                eprintln!("{error}");
                broken += 1;
            }
        }
    }
    print(all, broken, elapsed);
    Ok(())
}

fn print(mut all: Seen, broken: usize, elapsed: Duration) {
    all.microseconds.sort_unstable();
    let percentile =
        |percent: usize| all.microseconds.get((all.microseconds.len() * percent / 100).saturating_sub(1)).copied().unwrap_or_default();
    println!(
        "RESULT requests={} microseconds={} bytes={} refused={} broken={broken} p50={} p99={}",
        all.microseconds.len(),
        elapsed.as_micros(),
        all.bytes,
        all.refused,
        percentile(50),
        percentile(99)
    );
}

/// A connection that may do everything.
async fn connect(address: &str) -> Outcome<TcpStream> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    let (result, _, _) = exchange(&mut stream, &bind("cn=root,dc=example", "benches"), &mut buffer).await?;
    if result == SUCCESS { Ok(stream) } else { Err(format!("bind was answered {result}").into()) }
}

async fn work(mut stream: TcpStream, plan: Rc<Plan>) -> Result<Seen, String> {
    let mut seen = Seen::default();
    let mut buffer = Vec::new();
    while Instant::now() < plan.end {
        let place = plan.place.replace(plan.place.get() + 1);
        let unique = plan.first + u64::try_from(place).map_err(|error| error.to_string())?;
        let (request, wanted): Request = plan.requests.make(place, unique)?;
        let begun = Instant::now();
        let (result, entries, bytes) = exchange(&mut stream, &request, &mut buffer).await.map_err(|error| error.to_string())?;
        seen.microseconds.push(u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX));
        seen.bytes += bytes;
        let is_good = result == SUCCESS || result == SIZE_LIMIT_EXCEEDED && entries > 1;
        if !is_good || !wanted.contains(&entries) {
            seen.refused += 1;
        }
    }
    Ok(seen)
}

/// Sends a request and reads its whole answer: the result, and how many entries and bytes came with it.
async fn exchange(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> Outcome<(u8, usize, usize)> {
    stream.write_all(request).await?;
    buffer.clear();
    let (mut at, mut entries) = (0, 0);
    loop {
        while let Some((_, content, rest)) = split(&buffer[at..]) {
            at = buffer.len() - rest.len();
            let (_, _, operation) = split(content).ok_or("a message without id")?;
            let (tag, content, _) = split(operation).ok_or("a message without operation")?;
            if tag == 0x64 {
                entries += 1;
            } else {
                let (_, result, _) = split(content).ok_or("an answer without result")?;
                return Ok((result.first().copied().unwrap_or(u8::MAX), entries, at));
            }
        }
        if stream.read_buf(buffer).await? == 0 {
            return Err("the server closed the connection".into());
        }
    }
}
