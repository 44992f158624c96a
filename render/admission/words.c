#include "render/admission/words.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <string.h>

enum { SUBDOMAIN_MAX = 253, LABEL_MAX = 63, PORT_NAME_MAX = 15 };

bool word_is_among(const char *word, const char *const *words)
{
	for (; *words; words++) {
		if (strcmp(word, *words) == 0)
			return true;
	}
	return false;
}

char *words_join_new(const char *const *words)
{
	struct buffer text = BUFFER_INIT;

	for (size_t i = 0; words[i]; i++) {
		if (i > 0)
			buffer_append_text(&text, words[i + 1] ? ", " : " or ");
		buffer_append_text(&text, words[i]);
	}
	return buffer_steal(&text);
}

void refuse_other_words(const struct place *parent, const char *key, const char *const *words, enum words_empty empty)
{
	const char *word = place_text(parent, key);
	cleanup(free) char *all = NULL;

	if (word == NULL && empty == WORDS_EMPTY_IS_WRONG && json_is_string(place_at(parent, key).value))
		word = "";
	if (word == NULL || word_is_among(word, words))
		return;
	all = words_join_new(words);
	refuse_at(parent, key, "\"%.60s\" is no value of %s; use %s", word, key, all);
}

void refuse_by_word_rules(const struct place *parent, const struct word_rule *rules, size_t count)
{
	for (size_t i = 0; i < count; i++)
		refuse_other_words(parent, rules[i].key, rules[i].words, rules[i].empty);
}

void refuse_outside(const struct place *parent, const char *key, int64_t least, int64_t most, const char *what)
{
	int64_t number;

	if (!place_integer(parent, key, &number) || (number >= least && number <= most))
		return;
	if (most == INT64_MAX)
		refuse_at(parent, key, "%s %jd is too small; use %jd or more", what, (intmax_t)number,
			  (intmax_t)least);
	else
		refuse_at(parent, key, "%s %jd is out of range; use %jd to %jd", what, (intmax_t)number,
			  (intmax_t)least, (intmax_t)most);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hexadecimal(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool word_is_made_of(const char *text, const char *more)
{
	if (*text == '\0')
		return false;
	for (; *text; text++) {
		if (!is_letter(*text) && !is_digit(*text) && !strchr(more, *text))
			return false;
	}
	return true;
}

/* As a label, but of any length: Kubernetes limits only the whole. */
static bool is_subdomain_part(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (!is_digit(text[i]) && !(text[i] >= 'a' && text[i] <= 'z') && text[i] != '-')
			return false;
	}
	return length > 0 && text[0] != '-' && text[length - 1] != '-';
}

bool word_is_dns_subdomain(const char *text)
{
	if (strlen(text) > SUBDOMAIN_MAX)
		return false;
	for (;;) {
		size_t length = strcspn(text, ".");

		if (!is_subdomain_part(text, length))
			return false;
		if (text[length] == '\0')
			return true;
		text += length + 1;
	}
}

bool word_is_port_name(const char *text)
{
	bool has_letter = false;
	size_t length = strlen(text);

	if (length > PORT_NAME_MAX || !is_subdomain_part(text, length) || strstr(text, "--"))
		return false;
	for (; *text; text++)
		has_letter = has_letter || is_letter(*text);
	return has_letter;
}

/* `form` is spelt with h for a hexadecimal digit and 7 for one below eight. */
static bool has_form(const char *text, const char *form)
{
	for (; *form; form++, text++) {
		bool fits = *form == 'h'   ? is_hexadecimal(*text)
			    : *form == '7' ? *text >= '0' && *text <= '7'
					   : *text == *form;

		if (!fits)
			return false;
	}
	return *text == '\0';
}

bool word_is_pci_address(const char *text)
{
	return has_form(text, "hhhh:hh:hh.7");
}

bool word_is_mac(const char *text)
{
	return has_form(text, "hh:hh:hh:hh:hh:hh") || has_form(text, "hh-hh-hh-hh-hh-hh") ||
	       has_form(text, "hhhh.hhhh.hhhh");
}

bool word_is_ip4(const char *text)
{
	struct in_addr address;

	return inet_pton(AF_INET, text, &address) == 1;
}

bool word_is_ip(const char *text)
{
	struct in6_addr address;

	return word_is_ip4(text) || inet_pton(AF_INET6, text, &address) == 1;
}

static bool is_label_name(const char *text)
{
	size_t length = strlen(text);

	return length <= LABEL_MAX && word_is_made_of(text, "-_.") && !strchr("-_.", text[0]) &&
	       !strchr("-_.", text[length - 1]);
}

bool word_is_label_key(const char *text)
{
	const char *slash = strchr(text, '/');
	cleanup(free) char *prefix = NULL;

	if (slash == NULL)
		return is_label_name(text);
	prefix = string_copy_n(text, (size_t)(slash - text));
	return word_is_dns_subdomain(prefix) && is_label_name(slash + 1);
}

bool word_is_label_value(const char *text)
{
	return *text == '\0' || is_label_name(text);
}

/* Go's decoder skips line ends and wants the padding. */
bool word_base64_size(const char *text, size_t *size)
{
	size_t digits = 0, padding = 0;

	for (; *text; text++) {
		if (*text == '\r' || *text == '\n')
			continue;
		if (*text == '=')
			padding++;
		else if (padding > 0 || (!is_letter(*text) && !is_digit(*text) && *text != '+' && *text != '/'))
			return false;
		else
			digits++;
	}
	*size = digits * 3 / 4;
	return padding <= 2 && (digits + padding) % 4 == 0;
}
