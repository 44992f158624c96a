#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "sync/git/known_hosts.h"
#include "tests/unit/suite.h"

#define KEY "AAAAC3NzaC1lZDI1NTE5" /* any base64 serves as a key here */
#define OTHER "AAAAB3NzaC1yc2EAAAAD"

static const struct check_case {
	const char *name, *text, *host;
	int port;
	enum known_hosts_verdict verdict;
} check_cases[] = {
	{ "plain", "git.example.org ssh-ed25519 " KEY "\n", "git.example.org", 22, KNOWN_HOSTS_KNOWN },
	{ "case of letters", "Git.Example.org ssh-ed25519 " KEY "\n", "GIT.example.org", 22, KNOWN_HOSTS_KNOWN },
	{ "with a comment", "git ssh-ed25519 " KEY " root@git\n", "git", 22, KNOWN_HOSTS_KNOWN },
	{ "tabs, spaces, no newline", " \tgit\tssh-ed25519  " KEY, "git", 22, KNOWN_HOSTS_KNOWN },
	{ "carriage return", "git ssh-ed25519 " KEY "\r\n", "git", 22, KNOWN_HOSTS_KNOWN },
	{ "a list", "a,git,10.0.0.1 ssh-ed25519 " KEY "\n", "10.0.0.1", 22, KNOWN_HOSTS_KNOWN },
	{ "after others", "# git x y\n\na ssh-rsa " OTHER "\ngit ssh-ed25519 " KEY "\n", "git", 22,
	  KNOWN_HOSTS_KNOWN },
	{ "one of several keys", "git ssh-rsa " OTHER "\ngit ssh-ed25519 " KEY "\n", "git", 22, KNOWN_HOSTS_KNOWN },
	{ "star", "*.example.org ssh-ed25519 " KEY "\n", "git.example.org", 22, KNOWN_HOSTS_KNOWN },
	{ "star elsewhere", "*.example.org ssh-ed25519 " KEY "\n", "example.org", 22, KNOWN_HOSTS_UNKNOWN },
	{ "question mark", "git? ssh-ed25519 " KEY "\n", "git1", 22, KNOWN_HOSTS_KNOWN },
	{ "negated", "*.org,!git.org ssh-ed25519 " KEY "\n", "git.org", 22, KNOWN_HOSTS_UNKNOWN },
	{ "negated first", "!git.org,*.org ssh-ed25519 " KEY "\n", "git.org", 22, KNOWN_HOSTS_UNKNOWN },
	{ "negated other", "*.org,!git.org ssh-ed25519 " KEY "\n", "hub.org", 22, KNOWN_HOSTS_KNOWN },
	{ "only negated", "!git ssh-ed25519 " KEY "\n", "hub", 22, KNOWN_HOSTS_UNKNOWN },
	{ "port", "[git]:2222 ssh-ed25519 " KEY "\n", "git", 2222, KNOWN_HOSTS_KNOWN },
	{ "wrong port", "[git]:2222 ssh-ed25519 " KEY "\n", "git", 2223, KNOWN_HOSTS_UNKNOWN },
	{ "port but entry without", "git ssh-ed25519 " KEY "\n", "git", 2222, KNOWN_HOSTS_UNKNOWN },
	{ "brackets are no set", "[git]:2222 ssh-ed25519 " KEY "\n", "g", 22, KNOWN_HOSTS_UNKNOWN },
	{ "IPv6", "[::1]:2222 ssh-ed25519 " KEY "\n", "::1", 2222, KNOWN_HOSTS_KNOWN },
	{ "changed", "git ssh-ed25519 " OTHER "\n", "git", 22, KNOWN_HOSTS_CHANGED },
	{ "other host", "hub ssh-ed25519 " KEY "\n", "git", 22, KNOWN_HOSTS_UNKNOWN },
	{ "prefix of the host", "gi ssh-ed25519 " KEY "\n", "git", 22, KNOWN_HOSTS_UNKNOWN },
	{ "revoked", "@revoked * ssh-ed25519 " KEY "\ngit ssh-ed25519 " KEY "\n", "git", 22, KNOWN_HOSTS_REVOKED },
	{ "revoked later", "git ssh-ed25519 " KEY "\n@revoked * ssh-ed25519 " KEY "\n", "git", 22,
	  KNOWN_HOSTS_REVOKED },
	{ "another key revoked", "@revoked * ssh-rsa " OTHER "\ngit ssh-ed25519 " KEY "\n", "git", 22,
	  KNOWN_HOSTS_KNOWN },
	{ "certificate authority", "@cert-authority * ssh-ed25519 " KEY "\n", "git", 22, KNOWN_HOSTS_UNKNOWN },
	{ "unknown marker", "@new git ssh-ed25519 " KEY "\n", "git", 22, KNOWN_HOSTS_UNKNOWN },
	{ "no key", "git ssh-ed25519\n", "git", 22, KNOWN_HOSTS_UNKNOWN },
	{ "no base64", "git ssh-ed25519 ****\n", "git", 22, KNOWN_HOSTS_CHANGED },
	{ "broken hash", "|1|x|y ssh-ed25519 " KEY "\n", "git", 22, KNOWN_HOSTS_UNKNOWN },
	{ "hash without end", "|1|x ssh-ed25519 " KEY "\n", "git", 22, KNOWN_HOSTS_UNKNOWN },
	{ "empty", "", "git", 22, KNOWN_HOSTS_UNKNOWN },
};

static enum known_hosts_verdict verdict_of(const char *text, const char *host, int port)
{
	size_t length;
	cleanup(free) uint8_t *key = base64_decode_new(KEY, &length);

	return known_hosts_check(text, host, port, key, length);
}

START_TEST(judges_each_line)
{
	for (size_t i = 0; i < ARRAY_SIZE(check_cases); i++) {
		const struct check_case *one = &check_cases[i];
		enum known_hosts_verdict verdict = verdict_of(one->text, one->host, one->port);

		ck_assert_msg(verdict == one->verdict, "%s: expected %d, got %d", one->name, (int)one->verdict,
			      (int)verdict);
	}
}
END_TEST

/* The line that ssh-keygen -H makes of a name. */
static char *hashed_line_new(const char *name)
{
	static const uint8_t salt[20] = { 1, 2, 3 };
	uint8_t digest[EVP_MAX_MD_SIZE];
	unsigned int length;
	cleanup(free) char *salt_text = base64_new(salt, sizeof(salt)), *digest_text = NULL;

	HMAC(EVP_sha1(), salt, sizeof(salt), (const uint8_t *)name, strlen(name), digest, &length);
	digest_text = base64_new(digest, length);
	return string_format("|1|%s|%s ssh-ed25519 " KEY "\n", salt_text, digest_text);
}

START_TEST(judges_hashed_names)
{
	cleanup(free) char *plain = hashed_line_new("git.example.org"), *port = hashed_line_new("[git]:2222");

	ck_assert_int_eq(verdict_of(plain, "git.example.org", 22), KNOWN_HOSTS_KNOWN);
	ck_assert_int_eq(verdict_of(plain, "hub.example.org", 22), KNOWN_HOSTS_UNKNOWN);
	ck_assert_int_eq(verdict_of(port, "git", 2222), KNOWN_HOSTS_KNOWN);
	ck_assert_int_eq(verdict_of(port, "git", 22), KNOWN_HOSTS_UNKNOWN);
}
END_TEST

START_TEST(judges_what_ssh_keygen_hashed)
{
	/* Made by ssh-keygen -H from "git.example.org ssh-ed25519 ...": OpenSSH's own idea of the form. */
	static const char line[] = "|1|OtSHZOO+qoa3IzDXbqa5y2v6LU8=|DFgNv8nOZeAUhoHUgxRscD74WEg= ssh-ed25519 "
				   "AAAAC3NzaC1lZDI1NTE5AAAAIG3KHsOaKPeTMm6Di8K2roj+k3pKAf0xyO2vjjlwLHu2\n";
	size_t length;
	cleanup(free) uint8_t *key =
		base64_decode_new("AAAAC3NzaC1lZDI1NTE5AAAAIG3KHsOaKPeTMm6Di8K2roj+k3pKAf0xyO2vjjlwLHu2", &length);

	ck_assert_int_eq(known_hosts_check(line, "git.example.org", 22, key, length), KNOWN_HOSTS_KNOWN);
	ck_assert_int_eq(known_hosts_check(line, "git.example.com", 22, key, length), KNOWN_HOSTS_UNKNOWN);
}
END_TEST

START_TEST(prefers_the_best_key_type)
{
	static const struct {
		const char *text, *type, *line;
	} cases[] = {
		{ "git ssh-rsa A\nother,git ssh-ed25519 B\ngit ecdsa-sha2-nistp256 C\n", "ssh-ed25519",
		  "git ssh-ed25519 B\n" },
		{ "git ssh-rsa A\ngit ecdsa-sha2-nistp256 C\n", "ecdsa-sha2-nistp256",
		  "git ecdsa-sha2-nistp256 C\n" },
		{ "git ssh-rsa A\n@revoked git ssh-ed25519 B\n", "ssh-rsa", "git ssh-rsa A\n" },
		{ "git sk-ssh-ed25519@openssh.com A\n", NULL, NULL },
		{ "hub ssh-ed25519 A\n", NULL, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) char *line = known_hosts_line_new(cases[i].text, "git", 22);

		ck_assert_msg(text_equal(known_hosts_key_type(cases[i].text, "git", 22), cases[i].type), "case %zu",
			      i);
		ck_assert_msg(text_equal(line, cases[i].line), "case %zu: got %s", i, line ? line : "nothing");
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { judges_each_line, judges_hashed_names, judges_what_ssh_keygen_hashed,
				 prefers_the_best_key_type };

	return suite_run("known_hosts", tests, ARRAY_SIZE(tests));
}
