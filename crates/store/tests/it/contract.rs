//! What every backend must do. A story gets an empty store; afterwards the data must be sound.

pub(crate) mod changing;
pub(crate) mod goods;
pub(crate) mod judging;
pub(crate) mod learning;
pub(crate) mod lessons;
pub(crate) mod listing;
pub(crate) mod publishing;
pub(crate) mod receiving;
pub(crate) mod serving;
pub(crate) mod sourcing;
pub(crate) mod spending;
pub(crate) mod staffing;
pub(crate) mod valuing;
pub(crate) mod working;

/// Makes a test of every story for a backend: `$open` is an async function that returns the empty
/// store and whatever must outlive it.
macro_rules! contract {
    ($open:path: $($chapter:ident { $($story:ident),* $(,)? })*) => {$(
        mod $chapter {$(
            #[tokio::test]
            async fn $story() {
                let (store, _folder) = $open().await;
                $crate::contract::$chapter::$story(&store).await;
                assert_eq!(store::Upkeep::check(&store).await.unwrap(), Vec::<String>::new());
            }
        )*}
    )*};
}

/// All stories, for a backend.
macro_rules! whole_contract {
    ($open:path) => {
        $crate::contract::contract! { $open:
            receiving {
                a_first_message_opens_a_conversation,
                the_same_message_again_changes_nothing,
                the_same_call_again_changes_nothing,
                a_repeat_finds_its_closed_conversation,
                two_hundred_at_once_with_repeats,
                places_have_no_gaps,
                the_same_name_from_elsewhere_is_no_repeat,
                a_lease_is_given_once,
                messages_join_a_leased_job,
                a_lease_that_ran_out_goes_to_the_next,
                with_an_agent_there_is_nothing_to_answer,
                after_the_end_a_new_conversation_of_the_same_customer,
                a_name_is_learnt_and_kept,
                the_language_is_the_last_spoken,
            }
            changing {
                an_answer_is_written_with_all_that_follows,
                an_old_revision_is_refused,
                a_lost_lease_is_refused,
                an_old_lease_never_fits_a_later_job,
                a_newer_message_keeps_the_lease,
                a_message_meanwhile_is_no_conflict,
                two_agents_take_over_and_one_wins,
                an_agents_repeat_is_written_once,
                answers_beside_a_person_are_counted,
                there_is_no_such_conversation,
                times_are_kept_to_the_microsecond,
            }
            goods {
                products_are_kept_once_and_listed_by_name,
                the_catalogue_is_known_as_it_was,
                purchases_are_written_once_and_belong_to_their_buyer,
                what_was_recommended_is_remembered_and_clicks_count_once,
                the_arms_count_customers_whose_days_are_over,
            }
            judging {
                opinions_replace_each_other,
            }
            lessons {
                a_thumb_teaches_once_and_another_takes_it_back,
                what_a_person_sends_teaches_and_what_is_thrown_away_does_not,
                what_a_person_types_where_there_was_no_answer_teaches,
                a_pick_teaches_what_the_question_before_it_meant,
                a_follow_up_teaches_what_it_meant,
                who_attacks_teaches_nothing,
                nobody_teaches_much,
                what_the_owner_forgets_stays_forgotten,
            }
            valuing {
                answers_and_thumbs_are_counted_once,
                a_person_right_after_an_answer_counts_against_it,
                periods_are_told_apart,
                entries_are_listed_by_their_value,
                findings_stay_settled_and_links_are_remembered,
            }
            working {
                due_jobs_are_leased_oldest_first,
                a_job_that_failed_comes_again,
                a_lost_lease_finishes_nothing,
                finishing_forgets_no_message,
                queueing_again_only_hurries,
                what_is_wanted_again_while_it_is_worked_on_is_not_lost,
                a_new_process_frees_all_leases,
                deliveries_only_move_forward,
                deliveries_are_told_in_the_order_of_their_messages,
                what_was_being_sent_is_in_doubt,
            }
            listing {
                the_desk_lists_by_last_change,
                those_who_wait_are_listed_by_their_wait,
                of_those_who_wait_the_angry_come_first,
                filters_narrow,
                the_last_message_is_no_notice,
                what_was_said_in_a_wait_is_found_until_somebody_answers,
                what_was_said_in_a_wait_is_the_agents_once_one_was_there,
                everything_can_be_read_in_pages,
                a_strange_cursor_is_refused,
            }
            learning {
                every_change_has_a_number,
                vectors_are_kept_by_model_and_never_mixed,
                nothing_to_do_changes_nothing,
                pictures_stay_while_anything_shows_or_showed_them,
                lists_find_titles_and_ids,
                a_category_holds_those_below_it,
                pages_end,
                thousands_at_once,
                examples_are_kept_once_and_every_change_shows,
                thousands_of_examples_at_once,
            }
            publishing {
                a_draft_changes_nothing_until_it_is_published,
                what_was_not_checked_is_not_published,
                a_draft_of_what_was_changed_meanwhile_is_outdated,
                a_draft_goes_to_review_and_back,
                one_entry_or_all_of_them_go_back,
                history_tells_what_became_of_what,
                test_questions_are_kept_once_and_every_change_shows,
                the_last_questions_are_those_that_asked_the_knowledge,
            }
            serving {
                a_call_is_queued_once_and_only_moves_from_where_it_is,
                what_waits_for_a_word_is_found_by_its_customer,
                a_conversation_is_on_its_way_to_one_thing_at_a_time,
                a_proposal_is_decided_once,
                nobody_is_corrected_by_somebody_less_sure,
                who_is_forgotten_is_forgotten,
                customers_of_another_desk_are_recognised_and_not_set_back,
                every_change_of_the_duties_is_on_the_record,
            }
            sourcing {
                a_run_is_written_whole_and_twice_is_once,
                documents_with_a_problem_come_first,
                a_failed_run_says_why_in_both_languages,
            }
            spending {
                what_would_overdraw_a_purse_is_not_booked_at_all,
                a_hundred_at_once_never_overdraw,
                what_was_not_spent_goes_back_and_old_purses_go,
            }
            staffing {
                a_link_lets_in_once,
                sessions_end,
                who_leaves_is_signed_out,
                settings_stand,
                a_customer_is_replaced,
                a_store_at_work_is_ready,
            }
        }
    };
}

pub(crate) use {contract, whole_contract};
