/* What has become of a lab's operations: one line each in the lab's parent, so that none is ever done twice. Pure.
 *
 * A line is "NAME TYPE MACHINE DIGEST RUN STATE COMMIT TIME MESSAGE": the digest is of the content that it ran with, the
 * run tells it from every other attempt, and commit and time are those of its begin. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum ledger_state {
	LEDGER_IN_PROGRESS, /* is about to be asked for, or was: who finds this later does not know which */
	LEDGER_ACCEPTED, /* the server has said yes; its end has yet to be seen */
	LEDGER_COMPLETED,
	LEDGER_FAILED,
	LEDGER_REFUSED, /* the server has said no: nothing was done */
	LEDGER_UNKNOWN /* it may have run */
};

struct ledger_entry {
	char *name, *type, *machine, *digest, *run;
	enum ledger_state state;
	char *commit, *time, *message; /* never NULL */
};

struct ledger {
	struct ledger_entry *entries; /* in the order in which they began */
	size_t count, capacity;
};

void ledger_deinit(struct ledger *ledger);

/* Adds what the text says. A line that is not understood counts as one that may have run. */
void ledger_read(struct ledger *ledger, const char *text);
/* NULL when there is nothing to say. The caller frees. */
char *ledger_text_new(const struct ledger *ledger);

/* Borrowed, until the next change of the ledger; NULL when there is none. */
struct ledger_entry *ledger_find(const struct ledger *ledger, const char *name);
/* Adds a copy; replaces the one of the same name. Borrowed. */
struct ledger_entry *ledger_put(struct ledger *ledger, const struct ledger_entry *entry);
/* Sets state and message; `message` is copied and cut to one short line. */
void ledger_entry_set(struct ledger_entry *entry, enum ledger_state state, const char *message);
void ledger_forget(struct ledger *ledger, const char *name);
/* Forgets those that `is_wanted` denies. */
void ledger_keep(struct ledger *ledger, bool (*is_wanted)(const void *data, const char *name), const void *data);

/* Takes over what somebody else has written meanwhile: an operation that both began is theirs. */
void ledger_merge(struct ledger *ledger, const struct ledger *theirs);
bool ledger_state_is_final(enum ledger_state state);
const char *ledger_state_name(enum ledger_state state);
/* "Completed in 41s", "Refused: the VM is not running". The caller frees. */
char *ledger_entry_outcome_new(const struct ledger_entry *entry);
