/* What libgit2 says of a failed network call, in our words and codes. Its
 * messages are the only thing that tells many of these cases apart. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "sync/git/session.h"

static const struct rule {
	const char *part; /* of libgit2's message */
	enum error_code code;
	const char *advice;
} rules[] = {
	{ "status code: 404", ERROR_NOT_FOUND, "there is no such repository, or this account may not see it" },
	{ "status code: 401", ERROR_REFUSED, "the server wants a user name and a password (passwordFile)" },
	{ "status code: 403", ERROR_REFUSED, "this account may not do that" },
	{ "status code: 407", ERROR_REFUSED, "the proxy wants a password" },
	{ "status code: 429", ERROR_UNAVAILABLE, "the server asks for fewer requests" },
	{ "status code: 5", ERROR_UNAVAILABLE, "the server has trouble of its own" },
	{ "cannot redirect", ERROR_REFUSED, "write the URL that it redirects to, if it is to be trusted" },
	{ "SSL certificate is invalid", ERROR_REFUSED,
	  "if the server's certificate is from an authority of your own, name its file in caFile" },
	{ "REF pkt-line", ERROR_INVALID,
	  "it answers with object names that are no SHA-1; a SHA-256 repository cannot be read" },
	{ "exchange encryption keys", ERROR_REFUSED,
	  "the server and libssh2 agree on no method; with an RSA host key alone a newer server has none" },
	{ "failed to start SSH session", ERROR_UNAVAILABLE,
	  "no ssh server answers, or it has no host key of the kind in known_hosts" },
	{ "ublic key", ERROR_REFUSED,
	  "the key in keyFile cannot be used: it may have a passphrase or be no private key" },
	{ "rivate key", ERROR_REFUSED,
	  "the key in keyFile cannot be used: it may have a passphrase or be no private key" },
	{ "unexpected http status", ERROR_UNAVAILABLE, NULL },
	{ "invalid content-type", ERROR_INVALID, "this URL is a web page, not a Git repository" },
	{ "early EOF", ERROR_UNAVAILABLE,
	  "the server hung up: the repository may not exist, or the account may not use it" },
	{ "could not read refs", ERROR_NOT_FOUND, "the repository may not exist, or the account may not use it" },
	{ "does not appear to be a git repository", ERROR_NOT_FOUND,
	  "the repository may not exist, or the account may not use it" },
	{ "epository not found", ERROR_NOT_FOUND, "the repository may not exist, or the account may not use it" },
	{ "failed to resolve path", ERROR_NOT_FOUND, "there is no such repository" },
	{ "resolve address", ERROR_UNAVAILABLE, NULL },
	{ "failed to connect", ERROR_UNAVAILABLE, NULL },
};

static const struct rule *rule_for(const char *message)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strstr(message, rules[i].part))
			return &rules[i];
	return NULL;
}

static bool is_network(const git_error *last)
{
	return last && (last->klass == GIT_ERROR_NET || last->klass == GIT_ERROR_SSH ||
			last->klass == GIT_ERROR_SSL || last->klass == GIT_ERROR_HTTP || last->klass == GIT_ERROR_OS);
}

static bool explain(struct session *session, int result, struct error *err)
{
	const git_error *last = git_error_last();
	const struct rule *rule = rule_for(last && last->message ? last->message : "");
	enum error_code code;

	libgit2_error(err, result, "the remote %s", session->request->settings.url);
	code = err->code;
	if (rule) {
		if (rule->advice) {
			cleanup(free) char *message = steal(&err->message);

			return error_set(err, rule->code, "%s (%s)", message, rule->advice);
		}
		code = rule->code;
	} else if (code == ERROR_INVALID && is_network(last) && session->url.scheme != REMOTE_LOCAL) {
		code = ERROR_UNAVAILABLE;
	}
	err->code = code;
	return false;
}

bool session_error(struct session *session, int result, struct error *err)
{
	if (session->problem.code == ERROR_NONE)
		return explain(session, result, err);
	error_move(err, &session->problem);
	return error_wrap(err, "the remote %s", session->request->settings.url);
}
