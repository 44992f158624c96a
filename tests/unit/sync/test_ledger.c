#include "sync/ledger.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "tests/unit/suite.h"

static void ledger_cleanup(struct ledger *ledger)
{
	ledger_deinit(ledger);
}

#define RESTART "again Restart web 0123456789ab 1a2b3c4d Completed c0ffee 2026-01-01T10:00:00Z in 41s\n"
#define SNAPSHOT "nightly Snapshot web ba9876543210 5e6f7a8b InProgress c0ffee 2026-01-01T10:00:41Z \n"

START_TEST(says_what_it_has_read)
{
	cleanup(ledger) struct ledger ledger = { .entries = NULL };
	cleanup(free) char *text = NULL;
	const struct ledger_entry *entry;

	ledger_read(&ledger, RESTART SNAPSHOT);
	text = ledger_text_new(&ledger);
	ck_assert_str_eq(text, RESTART SNAPSHOT);
	ck_assert_uint_eq(ledger.count, 2);
	entry = ledger_find(&ledger, "again");
	ck_assert_str_eq(entry->type, "Restart");
	ck_assert_str_eq(entry->machine, "web");
	ck_assert_str_eq(entry->digest, "0123456789ab");
	ck_assert_str_eq(entry->run, "1a2b3c4d");
	ck_assert_int_eq(entry->state, LEDGER_COMPLETED);
	ck_assert_str_eq(entry->commit, "c0ffee");
	ck_assert_str_eq(entry->time, "2026-01-01T10:00:00Z");
	ck_assert_str_eq(entry->message, "in 41s");
	ck_assert_ptr_null(ledger_find(&ledger, "never"));
}
END_TEST

/* What is not understood was there, and must not run again. */
START_TEST(what_is_not_understood_may_have_run)
{
	static const char *const lines[] = { "again", "again Restart", "again Restart web d r Perhaps c t m",
					     "again Restart web d r", "again  " };

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		cleanup(ledger) struct ledger ledger = { .entries = NULL };
		const struct ledger_entry *entry;

		ledger_read(&ledger, lines[i]);
		entry = ledger_find(&ledger, "again");
		ck_assert_msg(entry && entry->state == LEDGER_UNKNOWN, "%s", lines[i]);
	}
}
END_TEST

START_TEST(nothing_says_nothing)
{
	struct ledger ledger = { .entries = NULL };

	ledger_read(&ledger, NULL);
	ledger_read(&ledger, "\n\n");
	ck_assert_uint_eq(ledger.count, 0);
	ck_assert_ptr_null(ledger_text_new(&ledger));
}
END_TEST

/* A message of a server may hold anything; a line of the ledger stays one. */
START_TEST(messages_stay_on_their_line)
{
	cleanup(ledger) struct ledger ledger = { .entries = NULL };
	cleanup(ledger) struct ledger again = { .entries = NULL };
	cleanup(free) char *text = NULL;
	char message[5000] = "first\nnightly Snapshot web d r Completed c t ";

	memset(message + strlen(message), 'x', sizeof(message) - strlen(message) - 1);
	message[sizeof(message) - 1] = '\0';
	ledger_read(&ledger, RESTART);
	ledger_entry_set(ledger_find(&ledger, "again"), LEDGER_FAILED, message);
	text = ledger_text_new(&ledger);
	ck_assert_uint_lt(strlen(text), 400);
	ledger_read(&again, text);
	ck_assert_uint_eq(again.count, 1);
	ck_assert_int_eq(again.entries[0].state, LEDGER_FAILED);
}
END_TEST

static bool is_nightly(const void *data, const char *name)
{
	return text_equal(data, name);
}

START_TEST(forgets_what_git_has_no_more)
{
	cleanup(ledger) struct ledger ledger = { .entries = NULL };
	cleanup(free) char *text = NULL;

	ledger_read(&ledger, RESTART SNAPSHOT);
	ledger_keep(&ledger, is_nightly, "nightly");
	text = ledger_text_new(&ledger);
	ck_assert_str_eq(text, SNAPSHOT);
	ledger_forget(&ledger, "nightly");
	ck_assert_uint_eq(ledger.count, 0);
}
END_TEST

/* Two labsyncs that meet: the one whose write came first has the operation. */
START_TEST(what_both_began_is_theirs)
{
	cleanup(ledger) struct ledger ours = { .entries = NULL };
	cleanup(ledger) struct ledger theirs = { .entries = NULL };
	cleanup(free) char *text = NULL;

	ledger_read(&ours, RESTART "nightly Snapshot web ba9876543210 00000000 InProgress c0ffee t \n");
	ledger_read(&theirs, SNAPSHOT "again Restart web 0123456789ab 1a2b3c4d InProgress c0ffee t \n");
	ledger_merge(&ours, &theirs);
	text = ledger_text_new(&ours);
	ck_assert_str_eq(text, RESTART SNAPSHOT);
}
END_TEST

static const struct outcome_case {
	enum ledger_state state;
	const char *message, *outcome;
	bool is_final;
} outcomes[] = {
	{ LEDGER_IN_PROGRESS, "", "InProgress", false },
	{ LEDGER_ACCEPTED, "", "Accepted", false },
	{ LEDGER_COMPLETED, "in 41s", "Completed in 41s", true },
	{ LEDGER_FAILED, "after 41s: no room", "Failed after 41s: no room", true },
	{ LEDGER_REFUSED, "VM is not running", "Refused: VM is not running", true },
	{ LEDGER_UNKNOWN, "it may have run", "Unknown: it may have run", true },
};

START_TEST(outcomes_in_words)
{
	for (size_t i = 0; i < ARRAY_SIZE(outcomes); i++) {
		cleanup(ledger) struct ledger ledger = { .entries = NULL };
		cleanup(free) char *outcome = NULL;

		ledger_read(&ledger, RESTART);
		ledger_entry_set(ledger.entries, outcomes[i].state, outcomes[i].message);
		outcome = ledger_entry_outcome_new(ledger.entries);
		ck_assert_str_eq(outcome, outcomes[i].outcome);
		ck_assert_int_eq(ledger_state_is_final(outcomes[i].state), outcomes[i].is_final);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { says_what_it_has_read,
				 what_is_not_understood_may_have_run,
				 nothing_says_nothing,
				 messages_stay_on_their_line,
				 forgets_what_git_has_no_more,
				 what_both_began_is_theirs,
				 outcomes_in_words };

	return suite_run("ledger", tests, ARRAY_SIZE(tests));
}
