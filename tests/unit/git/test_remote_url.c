#include "base/text.h"
#include "sync/git/remote_url.h"
#include "tests/unit/suite.h"

#include <string.h>

static const struct url_case {
	const char *text;
	bool valid;
	enum remote_scheme scheme;
	const char *user, *host;
	int port;
	const char *path;
} cases[] = {
	{ "https://git.example.org/labs.git", true, REMOTE_HTTPS, NULL, "git.example.org", 443, NULL },
	{ "https://me@git.example.org:8443/labs.git", true, REMOTE_HTTPS, "me", "git.example.org", 8443, NULL },
	{ "http://localhost:3000/labs.git", true, REMOTE_HTTP, NULL, "localhost", 3000, NULL },
	{ "http://127.0.0.2/labs.git", true, REMOTE_HTTP, NULL, "127.0.0.2", 80, NULL },
	{ "http://[::1]:80/labs.git", true, REMOTE_HTTP, NULL, "::1", 80, NULL },
	{ "ssh://git@git.example.org/labs.git", true, REMOTE_SSH, "git", "git.example.org", 22, NULL },
	{ "ssh://git@[fd00::1]:2222/labs.git", true, REMOTE_SSH, "git", "fd00::1", 2222, NULL },
	{ "git@git.example.org:team/labs.git", true, REMOTE_SSH, "git", "git.example.org", 22, NULL },
	{ "git.example.org:labs.git", true, REMOTE_SSH, NULL, "git.example.org", 22, NULL },
	{ "file:///srv/labs.git", true, REMOTE_LOCAL, NULL, NULL, 0, "/srv/labs.git" },
	{ "file://localhost/srv/a%20b.git", true, REMOTE_LOCAL, NULL, NULL, 0, "/srv/a b.git" },
	{ "file:///srv/100%.git", true, REMOTE_LOCAL, NULL, NULL, 0, "/srv/100%.git" },
	{ "/srv/a%20b.git", true, REMOTE_LOCAL, NULL, NULL, 0, "/srv/a%20b.git" },
	{ .text = "" },
	{ .text = "labs.git" },
	{ .text = "./a:b" },
	{ .text = ":labs.git" },
	{ .text = "git@:labs.git" },
	{ .text = "git@host:" },
	{ .text = "git@-oProxyCommand=x:y" },
	{ .text = "https://" },
	{ .text = "https:///labs.git" },
	{ .text = "https://host" },
	{ .text = "https://host/" },
	{ .text = "https://host:/x" },
	{ .text = "https://host:0/x" },
	{ .text = "https://host:65536/x" },
	{ .text = "https://host:99999999999999999999/x" },
	{ .text = "https://host:12a/x" },
	{ .text = "https://[::1/x" },
	{ .text = "https://[::1]x/x" },
	{ .text = "https://me:secret@host/x" },
	{ .text = "https://me:sec@ret@host/x" },
	{ .text = "ssh://me:secret@host/x" },
	{ .text = "https://host/a b" },
	{ .text = "https://host/a\nb" },
	{ .text = "http://192.0.2.1/x" },
	{ .text = "http://127.0.0.1.example.org/x" },
	{ .text = "file://host/x" },
	{ .text = "file://x" },
	{ .text = "git://host/x" },
	{ .text = "ext::sh -c x" },
};

START_TEST(takes_what_git_users_write)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct url_case *one = &cases[i];
		cleanup(remote_url) struct remote_url url = { .host = NULL };
		cleanup(error) struct error err = ERROR_INIT;
		bool valid = remote_url_parse(one->text, &url, &err);

		ck_assert_msg(valid == one->valid, "%s: %s", one->text, valid ? "it was taken" : err.message);
		if (!valid) {
			ck_assert_msg(strstr(err.message, "sec") == NULL, "the password is told: %s", err.message);
			continue;
		}
		ck_assert_msg(url.scheme == one->scheme && url.port == one->port, "%s: port %d", one->text, url.port);
		ck_assert_msg(text_equal(url.user, one->user) && text_equal(url.host, one->host) &&
				      text_equal(url.path, one->path),
			      "%s: user %s, host %s, path %s", one->text, url.user, url.host, url.path);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { takes_what_git_users_write };

	return suite_run("remote_url", tests, ARRAY_SIZE(tests));
}
