#include "sync/ledger.h"

#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/text.h"
#include "sync/short_text.h"

enum { MESSAGE_LENGTH_MAX = 200 };

#define NOTHING "-"

static const struct {
	const char *name, *joint;
	bool is_final;
} states[] = {
	[LEDGER_IN_PROGRESS] = { "InProgress", ": ", false }, [LEDGER_ACCEPTED] = { "Accepted", ": ", false },
	[LEDGER_COMPLETED] = { "Completed", " ", true },      [LEDGER_FAILED] = { "Failed", " ", true },
	[LEDGER_REFUSED] = { "Refused", ": ", true },         [LEDGER_UNKNOWN] = { "Unknown", ": ", true },
};

const char *ledger_state_name(enum ledger_state state)
{
	return states[state].name;
}

bool ledger_state_is_final(enum ledger_state state)
{
	return states[state].is_final;
}

static void entry_deinit(struct ledger_entry *entry)
{
	free(entry->name);
	free(entry->type);
	free(entry->machine);
	free(entry->digest);
	free(entry->run);
	free(entry->commit);
	free(entry->time);
	free(entry->message);
}

void ledger_deinit(struct ledger *ledger)
{
	for (size_t i = 0; i < ledger->count; i++)
		entry_deinit(&ledger->entries[i]);
	free(ledger->entries);
	*ledger = (struct ledger){ .entries = NULL };
}

struct ledger_entry *ledger_find(const struct ledger *ledger, const char *name)
{
	for (size_t i = 0; i < ledger->count; i++)
		if (text_equal(ledger->entries[i].name, name))
			return &ledger->entries[i];
	return NULL;
}

static char *word_new(const char *text)
{
	return string_copy(text && *text ? text : NOTHING);
}

static struct ledger_entry entry_copy(const struct ledger_entry *entry)
{
	return (struct ledger_entry){ .name = word_new(entry->name),
				      .type = word_new(entry->type),
				      .machine = word_new(entry->machine),
				      .digest = word_new(entry->digest),
				      .run = word_new(entry->run),
				      .state = entry->state,
				      .commit = word_new(entry->commit),
				      .time = word_new(entry->time),
				      .message = short_text_new(entry->message ? entry->message : "",
								MESSAGE_LENGTH_MAX) };
}

struct ledger_entry *ledger_put(struct ledger *ledger, const struct ledger_entry *entry)
{
	struct ledger_entry *place = ledger_find(ledger, entry->name);
	struct ledger_entry copy = entry_copy(entry);

	if (place) {
		entry_deinit(place);
	} else {
		memory_grow(&ledger->entries, ledger->count, &ledger->capacity, sizeof(*ledger->entries));
		place = &ledger->entries[ledger->count++];
	}
	*place = copy;
	return place;
}

void ledger_entry_set(struct ledger_entry *entry, enum ledger_state state, const char *message)
{
	char *copy = short_text_new(message ? message : "", MESSAGE_LENGTH_MAX);

	free(entry->message);
	entry->state = state;
	entry->message = copy;
}

void ledger_keep(struct ledger *ledger, bool (*is_wanted)(const void *data, const char *name), const void *data)
{
	size_t kept = 0;

	for (size_t i = 0; i < ledger->count; i++) {
		if (is_wanted(data, ledger->entries[i].name))
			ledger->entries[kept++] = ledger->entries[i];
		else
			entry_deinit(&ledger->entries[i]);
	}
	ledger->count = kept;
}

static bool is_other(const void *data, const char *name)
{
	return !text_equal(name, data);
}

void ledger_forget(struct ledger *ledger, const char *name)
{
	ledger_keep(ledger, is_other, name);
}

/* Cuts the next word off. "" at the end. */
static char *take_word(char **text)
{
	char *word = *text, *end = word + strcspn(word, " ");

	*text = *end ? end + 1 : end;
	*end = '\0';
	return word;
}

static enum ledger_state state_of(const char *name)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (text_equal(states[i].name, name))
			return (enum ledger_state)i;
	return LEDGER_UNKNOWN;
}

static void read_line(struct ledger *ledger, char *line)
{
	struct ledger_entry entry = { .name = take_word(&line) };

	entry.type = take_word(&line);
	entry.machine = take_word(&line);
	entry.digest = take_word(&line);
	entry.run = take_word(&line);
	entry.state = state_of(take_word(&line));
	entry.commit = take_word(&line);
	entry.time = take_word(&line);
	entry.message = line;
	ledger_put(ledger, &entry);
}

void ledger_read(struct ledger *ledger, const char *text)
{
	while (text && *text) {
		size_t length = strcspn(text, "\n");
		cleanup(free) char *line = string_copy_n(text, length);

		if (length > 0)
			read_line(ledger, line);
		text += length + (text[length] == '\n');
	}
}

char *ledger_text_new(const struct ledger *ledger)
{
	struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < ledger->count; i++) {
		const struct ledger_entry *entry = &ledger->entries[i];

		buffer_format(&text, "%s %s %s %s %s %s %s %s %s\n", entry->name, entry->type, entry->machine,
			      entry->digest, entry->run, ledger_state_name(entry->state), entry->commit, entry->time,
			      entry->message);
	}
	return ledger->count ? buffer_steal(&text) : NULL;
}

void ledger_merge(struct ledger *ledger, const struct ledger *theirs)
{
	for (size_t i = 0; i < theirs->count; i++) {
		const struct ledger_entry *entry = &theirs->entries[i];
		const struct ledger_entry *ours = ledger_find(ledger, entry->name);

		if (ours == NULL || !text_equal(ours->run, entry->run))
			ledger_put(ledger, entry);
	}
}

char *ledger_entry_outcome_new(const struct ledger_entry *entry)
{
	return string_format("%s%s%s", ledger_state_name(entry->state),
			     *entry->message ? states[entry->state].joint : "", entry->message);
}
