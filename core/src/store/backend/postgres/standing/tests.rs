use super::*;
use crate::domain::Instant;
use crate::test_database::wait;
use futures_util::future::join_all;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

/// One that tells what it is asked, and answers when it is told to: the first time with the state 1, then 2, ….
struct Slow {
    asked: UnboundedSender<Vec<i64>>,
    go: UnboundedReceiver<bool>,
    state: i64,
}

impl Source for Slow {
    async fn ask(&mut self, organizations: Vec<i64>) -> Result<States, StoreError> {
        let moment = |sequence| OrganizationMoment { sequence, changed_at: Instant::from_milliseconds(0).expect("an instant") };
        self.state += 1;
        let state = self.state;
        self.asked.send(organizations.clone()).expect("a listener");
        if !self.go.recv().await.expect("a word") {
            return Err(StoreError::Busy);
        }
        let organizations = organizations.into_iter().map(|id| (OrganizationId::new(id), moment(state))).collect();
        Ok(States { credentials: CredentialsMoment { sequence: state, word: 0 }, organizations })
    }
}

fn slow() -> (Standings, UnboundedReceiver<Vec<i64>>, UnboundedSender<bool>) {
    let ((asked, heard), (say, go)) = (mpsc::unbounded_channel(), mpsc::unbounded_channel());
    (Standings::of(Slow { asked, go, state: 0 }), heard, say)
}

fn organizations(ids: &[i64]) -> Vec<OrganizationId> {
    ids.iter().copied().map(OrganizationId::new).collect()
}

#[test]
fn who_comes_while_a_question_is_under_way_shares_the_next_and_is_told_what_was_so_then() {
    let (first, second, others) = wait(async {
        let (standings, mut heard, say) = slow();
        let ask = |ids: &[i64]| {
            let ids = organizations(ids);
            let standings = &standings;
            async move { standings.standing(&ids).await.expect("a standing").credentials().sequence }
        };
        let later = async {
            let first = heard.recv().await.expect("a question");
            let others = join_all([ask(&[2, 3]), ask(&[]), ask(&[3, 5])]);
            let answering = async {
                say.send(true).expect("heard");
                let second = heard.recv().await.expect("a question");
                say.send(true).expect("heard");
                second
            };
            // They are asked before the first is answered.
            let (others, second) = futures_util::future::join(others, answering).await;
            (first, second, others)
        };
        let (answer, (first, second, others)) = futures_util::future::join(ask(&[7]), later).await;
        ((answer, first), second, others)
    });

    assert_eq!(first, (1, vec![7]));
    assert_eq!(second, [2, 3, 5]);
    assert_eq!(others, [2, 2, 2]);
}

/// What two are told who asked while the question of a third was under way, and so were answered together: `answers` is what the
/// third's question and then theirs come to. And what is told to whoever asks after them, the source being well by then.
fn together(ids: [&[i64]; 2], answers: [bool; 2]) -> ([Result<Standing, StoreError>; 2], Result<Standing, StoreError>) {
    let ids = ids.map(organizations);
    wait(async {
        let (standings, mut heard, say) = slow();
        let gathered = async {
            heard.recv().await.expect("a question");
            let two = futures_util::future::join(standings.standing(&ids[0]), standings.standing(&ids[1]));
            let answering = async {
                for answer in answers {
                    say.send(answer).expect("heard");
                }
                say.send(true).expect("heard");
            };
            // They are asked before the first is answered.
            futures_util::future::join(two, answering).await.0
        };
        let (_, (one, other)) = futures_util::future::join(standings.standing(&[]), gathered).await;
        ([one, other], standings.standing(&[]).await)
    })
}

#[test]
fn everybody_is_told_of_the_organizations_that_they_asked_for() {
    let (standings, _) = together([&[2, 3], &[3]], [true, true]);
    let standings = standings.map(|standing| standing.expect("a standing"));

    let is_told = |standing: &Standing, id| standing.organization(OrganizationId::new(id)).is_some();
    assert_eq!(standings.each_ref().map(|standing| [2, 3].map(|id| is_told(standing, id))), [[true, true], [false, true]]);
}

#[test]
fn a_failure_is_told_to_everybody_who_waited_and_to_nobody_after() {
    let (failed, after) = together([&[], &[]], [true, false]);

    assert!(matches!(failed, [Err(StoreError::Busy), Err(StoreError::Busy)]));
    assert!(after.is_ok());
}
