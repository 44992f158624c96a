/* The forms that text must have, and the words that a field may hold. */
#pragma once

#include "render/admission/place.h"

/* Whether an empty word is as good as none (a plain string in the API's Go
 * types) or a wrong word (a pointer to a string). */
enum words_empty { WORDS_EMPTY_IS_UNSET, WORDS_EMPTY_IS_WRONG };

/* Refuses text under `key` that is none of `words` (ended by NULL). */
void refuse_other_words(const struct place *parent, const char *key, const char *const *words,
			enum words_empty empty);

/* A row of a table of such fields. */
struct word_rule {
	const char *key;
	const char *const *words;
	enum words_empty empty;
};

void refuse_by_word_rules(const struct place *parent, const struct word_rule *rules, size_t count);

/* A number below `least` or above `most`. `what` begins the message: "the port". */
void refuse_outside(const struct place *parent, const char *key, int64_t least, int64_t most, const char *what);

bool word_is_among(const char *word, const char *const *words);
bool word_is_dns_subdomain(const char *text); /* RFC 1123: labels joined by dots, at most 253 characters */
bool word_is_port_name(const char *text); /* IANA service name: at most 15 of [a-z0-9-], with a letter */
bool word_is_pci_address(const char *text); /* 0000:81:00.1 */
bool word_is_mac(const char *text); /* six bytes: 02:.., 02-.. or 0200.0000.0001 */
bool word_is_ip(const char *text);
bool word_is_ip4(const char *text);
bool word_is_label_key(const char *text); /* [prefix/]name */
bool word_is_label_value(const char *text);
bool word_is_made_of(const char *text, const char *more); /* letters, digits and the characters in `more` */

/* How many bytes base64 text stands for; false when it is no base64 as Go's standard encoding reads it. */
bool word_base64_size(const char *text, size_t *size);

/* "a", "a or b", "a, b or c". The caller frees. */
char *words_join_new(const char *const *words);
