//! Secrets and passwords that were wrong, by the address that they came from.
//!
//! A bad secret is judged after it was looked up, so a good one always passes, whatever else comes from its address. A
//! password is judged before, because trying one costs more than anything else here; and it is counted from the first
//! moment, so that many tries at once are no way around. The two are counted apart: a program with an old key keeps
//! nobody beside it from signing in. Nobody's failures count at another address.

use super::seconds;
use super::tally::Tally;
use rollcall_core::directory::Surroundings;
use rollcall_core::domain::unique_key;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
/// Of the attempts that an address has, the part that it has against one account: nobody mistypes more often, and who
/// guesses needs many more.
const ACCOUNT_PART: u32 = 4;

/// The bits of an IPv6 address that name a network. One client has all addresses in it.
const NETWORK_BITS: u32 = 64;

/// Who failed to sign in lately. Cheap to clone.
#[derive(Clone, Debug)]
pub struct FailedLogins {
    surroundings: Surroundings,
    /// Makes one number of an account's name, so that names are neither kept nor long.
    names: RandomState,
    /// `None`: nothing is counted.
    counts: Option<Arc<Mutex<Counts>>>,
}

#[derive(Debug)]
struct Counts {
    secrets: Tally<IpAddr>,
    passwords: Tally<IpAddr>,
    accounts: Tally<(IpAddr, u64)>,
}

/// A password that may be tried now. It counts as a failure until it turns out right.
#[derive(Debug)]
#[must_use = "it counts as a failure until it turns out right"]
pub struct Attempt {
    counts: Option<Arc<Mutex<Counts>>>,
    client: IpAddr,
    account: u64,
}

impl FailedLogins {
    /// `per_minute` failures of each address; 0: as many as it likes.
    pub fn new(per_minute: u32, surroundings: Surroundings) -> Self {
        let counts = (per_minute > 0).then(|| Counts {
            secrets: Tally::new(per_minute, MINUTE),
            passwords: Tally::new(per_minute, MINUTE),
            accounts: Tally::new(per_minute.div_ceil(ACCOUNT_PART), MINUTE),
        });
        Self { surroundings, names: RandomState::new(), counts: counts.map(|counts| Arc::new(Mutex::new(counts))) }
    }

    /// Counts a secret that was not good. An error is the number of seconds after which this address may be told so
    /// again.
    pub fn bad_secret(&self, address: IpAddr) -> Result<(), u64> {
        let Some(mut counts) = self.counts.as_deref().map(lock) else { return Ok(()) };
        let (client, now) = (client(address), self.surroundings.elapsed());
        allowed(counts.secrets.wait(&client, now))?;
        counts.secrets.add(client, now);
        Ok(())
    }

    /// Whether a password for this account may be tried from this address. To be asked before the password is hashed.
    /// An error is the number of seconds after which one more may be tried.
    pub fn may_try(&self, address: IpAddr, account: &str) -> Result<Attempt, u64> {
        let (client, now) = (client(address), self.surroundings.elapsed());
        // One account has many spellings, and all of them sign in.
        let account = self.names.hash_one(unique_key(account));
        if let Some(mut counts) = self.counts.as_deref().map(lock) {
            let wait = counts.passwords.wait(&client, now).max(counts.accounts.wait(&(client, account), now));
            allowed(wait)?;
            counts.passwords.add(client, now);
            counts.accounts.add((client, account), now);
        }
        Ok(Attempt { counts: self.counts.clone(), client, account })
    }
}

impl Attempt {
    /// The password was right: nothing is held against this address for it, nor for earlier slips with this account.
    pub fn succeeded(self) {
        let Some(mut counts) = self.counts.as_deref().map(lock) else { return };
        counts.passwords.give_back(&self.client);
        counts.accounts.forget(&(self.client, self.account));
    }

    /// The password was not tried after all.
    pub fn dropped(self) {
        let Some(mut counts) = self.counts.as_deref().map(lock) else { return };
        counts.passwords.give_back(&self.client);
        counts.accounts.give_back(&(self.client, self.account));
    }

    /// The password was wrong, or the account is not there.
    pub fn failed(self) {}
}

fn allowed(wait: Duration) -> Result<(), u64> {
    if wait.is_zero() { Ok(()) } else { Err(seconds(wait)) }
}

/// What counts as one client.
fn client(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - NETWORK_BITS)))),
        address => address,
    }
}

fn lock(counts: &Mutex<Counts>) -> MutexGuard<'_, Counts> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::super::tally::tests::Hand;
    use super::*;

    const HERE: &str = "203.0.113.9";
    const THERE: &str = "203.0.113.10";

    /// Failed logins with 20 a minute, on a clock of their own.
    fn counting() -> (Hand, FailedLogins) {
        let hand = Hand::default();
        (hand.clone(), FailedLogins::new(20, hand.surroundings()))
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    /// Fails so many times and says when one more may be tried.
    fn after(logins: &FailedLogins, from: &str, account: &str, times: usize) -> Option<u64> {
        for _ in 0..times {
            logins.may_try(address(from), account).expect("an attempt").failed();
        }
        logins.may_try(address(from), account).err()
    }

    #[test]
    fn an_address_may_be_wrong_so_many_times_a_minute() {
        let (hand, logins) = counting();
        assert!((0..20).all(|_| logins.bad_secret(address(HERE)).is_ok()));

        assert_eq!(logins.bad_secret(address(HERE)), Err(3));
        assert_eq!(logins.bad_secret(address(THERE)), Ok(()));
        hand.advance(Duration::from_secs(3));
        assert_eq!((logins.bad_secret(address(HERE)), logins.bad_secret(address(HERE))), (Ok(()), Err(3)));
    }

    #[test]
    fn all_addresses_of_one_network_are_one_client() {
        let (_, logins) = counting();
        assert!((0..20).all(|host| logins.bad_secret(address(&format!("2001:db8::{host}"))).is_ok()));

        assert!(logins.bad_secret(address("2001:db8::ffff:1")).is_err());
        assert!(logins.bad_secret(address("2001:db8:0:1::1")).is_ok());
    }

    #[test]
    fn an_account_has_fewer_attempts_than_an_address() {
        let (_, logins) = counting();

        assert_eq!(after(&logins, HERE, "ana@example.com", 5), Some(12));
        for spelling in [" ANA@example.com ", "\u{ff41}na@example.com", "an\u{ff21}@example.com"] {
            assert_eq!(logins.may_try(address(HERE), spelling).err(), Some(12), "{spelling}");
        }
        assert!(logins.may_try(address(HERE), "john@example.com").is_ok());
    }

    #[test]
    fn many_accounts_do_not_make_more_attempts() {
        let (_, logins) = counting();
        for account in 0..20 {
            logins.may_try(address(HERE), &account.to_string()).expect("an attempt").failed();
        }

        assert_eq!(after(&logins, HERE, "another", 0), Some(3));
    }

    #[test]
    fn an_account_under_attack_is_open_from_elsewhere() {
        let (_, logins) = counting();
        assert!(after(&logins, HERE, "ana@example.com", 5).is_some());

        assert_eq!(after(&logins, THERE, "ana@example.com", 0), None);
    }

    #[test]
    fn attempts_that_are_under_way_count() {
        let (_, logins) = counting();

        let under_way: Vec<_> = (0..8).map(|_| logins.may_try(address(HERE), "ana@example.com")).collect();

        assert_eq!(under_way.iter().filter(|attempt| attempt.is_ok()).count(), 5);
    }

    #[test]
    fn who_signs_in_may_do_so_as_often_as_they_like() {
        let (_, logins) = counting();

        for _ in 0..100 {
            logins.may_try(address(HERE), "ana@example.com").expect("an attempt").succeeded();
        }
    }

    #[test]
    fn a_password_that_was_not_tried_is_held_against_nobody() {
        let (_, logins) = counting();
        for _ in 0..4 {
            logins.may_try(address(HERE), "ana@example.com").expect("an attempt").failed();
        }

        for _ in 0..100 {
            logins.may_try(address(HERE), "ana@example.com").expect("an attempt").dropped();
        }

        assert_eq!(after(&logins, HERE, "ana@example.com", 1), Some(12));
    }

    #[test]
    fn bad_secrets_keep_nobody_from_signing_in() {
        let (_, logins) = counting();
        while logins.bad_secret(address(HERE)).is_ok() {}

        assert!(logins.may_try(address(HERE), "ana@example.com").is_ok());
    }

    #[test]
    fn nothing_is_counted_when_it_is_switched_off() {
        let logins = FailedLogins::new(0, Hand::default().surroundings());

        assert!((0..100).all(|_| logins.bad_secret(address(HERE)).is_ok()));
        assert_eq!(after(&logins, HERE, "ana@example.com", 100), None);
    }
}
