#include "sync/git/known_hosts.h"

#include "base/file.h"
#include <ctype.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"

enum { SSH_PORT = 22, SHA1_SIZE = 20, HOST_MAX = 1024, PATTERN_MAX = 4096 };

enum marker { MARKER_NONE, MARKER_REVOKED, MARKER_OTHER };

struct entry {
	enum marker marker;
	char *hosts, *type, *key; /* the key in base64 */
};

/* From best to worst. libssh2 1.10 signs and verifies ssh-rsa with SHA-1 only, which newer servers refuse. */
static const char *const key_types[] = { "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
					 "ecdsa-sha2-nistp521", "ssh-rsa" };

enum { KEY_TYPE_COUNT = sizeof(key_types) / sizeof(key_types[0]) };

static void entry_cleanup(struct entry *entry)
{
	free(entry->hosts);
	free(entry->type);
	free(entry->key);
}

char *known_hosts_read_new(const char *path, struct error *err)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	if (file_read(path, KNOWN_HOSTS_FILE_MAX, &text, err))
		return buffer_steal(&text);
	error_wrap(err, "the known_hosts file");
	return NULL;
}

/* The next word of a line, moved past; NULL at its end. */
static char *word_new(const char **position, const char *end)
{
	const char *start;

	while (*position < end && isspace((unsigned char)**position))
		(*position)++;
	start = *position;
	while (*position < end && !isspace((unsigned char)**position))
		(*position)++;
	return *position > start ? string_copy_n(start, (size_t)(*position - start)) : NULL;
}

static bool parse_entry(const char *line, const char *end, struct entry *entry)
{
	entry->hosts = word_new(&line, end);
	if (entry->hosts == NULL || entry->hosts[0] == '#')
		return false;
	if (entry->hosts[0] == '@') {
		entry->marker = strcmp(entry->hosts, "@revoked") == 0 ? MARKER_REVOKED : MARKER_OTHER;
		free(entry->hosts);
		entry->hosts = word_new(&line, end);
	}
	entry->type = word_new(&line, end);
	entry->key = word_new(&line, end);
	return entry->hosts && entry->key && strlen(entry->hosts) <= PATTERN_MAX;
}

/* "|1|salt|hash": HMAC-SHA1 of the name with the salt as the key, both in base64. */
static bool matches_hashed(const char *pattern, const char *name)
{
	const char *salt_start = pattern + strlen("|1|"), *bar = strchr(salt_start, '|');
	cleanup(free) char *salt_text = NULL;
	cleanup(free) uint8_t *salt = NULL, *expected = NULL;
	uint8_t digest[EVP_MAX_MD_SIZE];
	size_t salt_length, expected_length;
	unsigned int digest_length = 0;

	if (bar == NULL)
		return false;
	salt_text = string_copy_n(salt_start, (size_t)(bar - salt_start));
	salt = base64_decode_new(salt_text, &salt_length);
	expected = base64_decode_new(bar + 1, &expected_length);
	if (salt == NULL || expected == NULL || expected_length != SHA1_SIZE)
		return false;
	if (HMAC(EVP_sha1(), salt, (int)salt_length, (const uint8_t *)name, strlen(name), digest, &digest_length) ==
	    NULL)
		return false;
	return digest_length == SHA1_SIZE && memcmp(digest, expected, SHA1_SIZE) == 0;
}

/* Only * and ? are special, so that "[host]:22" is itself. Iterative: the pattern goes back to its last * at most. */
static bool matches_wildcards(const char *pattern, const char *name)
{
	const char *star = NULL, *resume = NULL;

	while (*name) {
		if (*pattern == '*') {
			star = pattern++;
			resume = name;
		} else if (*pattern == '?' || tolower((unsigned char)*pattern) == *name) {
			pattern++;
			name++;
		} else if (star) {
			pattern = star + 1;
			name = ++resume;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

/* A comma list; one negated match takes the host out whatever else is said. */
static bool matches_host(const char *hosts, const char *name)
{
	cleanup(free) char *list = string_copy(hosts);
	char *rest = list, *pattern;
	bool matched = false;

	if (text_starts_with(hosts, "|1|"))
		return matches_hashed(hosts, name);
	while ((pattern = strsep(&rest, ","))) {
		bool negated = *pattern == '!';

		if (!matches_wildcards(pattern + negated, name))
			continue;
		if (negated)
			return false;
		matched = true;
	}
	return matched;
}

static char *entry_name_new(const char *host, int port)
{
	char *name = port == SSH_PORT ? string_copy(host) : string_format("[%s]:%d", host, port);

	for (char *c = name; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return name;
}

static bool is_key(const struct entry *entry, const uint8_t *key, size_t key_length)
{
	size_t length;
	cleanup(free) uint8_t *decoded = base64_decode_new(entry->key, &length);

	return decoded && length == key_length && memcmp(decoded, key, length) == 0;
}

/* Calls `each` for every entry of the host until it returns false. */
static void each_entry(const char *text, const char *host, int port, bool (*each)(const struct entry *, void *),
		       void *data)
{
	cleanup(free) char *name = entry_name_new(host, port);

	if (strlen(name) > HOST_MAX)
		return;
	while (*text) {
		const char *end = text + strcspn(text, "\n");
		cleanup(entry) struct entry entry = { .marker = MARKER_NONE };

		if (parse_entry(text, end, &entry) && matches_host(entry.hosts, name) && !each(&entry, data))
			return;
		text = end + (*end == '\n');
	}
}

struct check {
	const uint8_t *key;
	size_t key_length;
	enum known_hosts_verdict verdict;
};

static bool check_entry(const struct entry *entry, void *data)
{
	struct check *check = data;
	bool same = is_key(entry, check->key, check->key_length);

	if (entry->marker == MARKER_OTHER)
		return true;
	if (entry->marker == MARKER_REVOKED) {
		if (same)
			check->verdict = KNOWN_HOSTS_REVOKED;
		return !same;
	}
	if (same)
		check->verdict = KNOWN_HOSTS_KNOWN;
	else if (check->verdict == KNOWN_HOSTS_UNKNOWN)
		check->verdict = KNOWN_HOSTS_CHANGED;
	return true; /* a later line may revoke the key */
}

enum known_hosts_verdict known_hosts_check(const char *text, const char *host, int port, const uint8_t *key,
					   size_t key_length)
{
	struct check check = { .key = key, .key_length = key_length, .verdict = KNOWN_HOSTS_UNKNOWN };

	each_entry(text, host, port, check_entry, &check);
	return check.verdict;
}

struct best {
	size_t rank; /* in key_types */
	char *key;
};

static bool rank_entry(const struct entry *entry, void *data)
{
	struct best *best = data;

	if (entry->marker != MARKER_NONE)
		return true;
	for (size_t i = 0; i < best->rank; i++) {
		if (strcmp(entry->type, key_types[i]) != 0)
			continue;
		best->rank = i;
		free(best->key);
		best->key = string_copy(entry->key);
	}
	return true;
}

const char *known_hosts_key_type(const char *text, const char *host, int port)
{
	struct best best = { .rank = KEY_TYPE_COUNT };

	each_entry(text, host, port, rank_entry, &best);
	free(best.key);
	return best.rank < KEY_TYPE_COUNT ? key_types[best.rank] : NULL;
}

char *known_hosts_line_new(const char *text, const char *host, int port)
{
	struct best best = { .rank = KEY_TYPE_COUNT };
	cleanup(free) char *name = entry_name_new(host, port), *key = NULL;

	each_entry(text, host, port, rank_entry, &best);
	key = best.key;
	return key ? string_format("%s %s %s\n", name, key_types[best.rank], key) : NULL;
}
