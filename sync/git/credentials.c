#include "sync/git/credentials.h"

#include "base/file.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "sync/git/session.h"

#define SSH_USER "git" /* what every forge calls it, when the URL names none */

enum { PASSWORD_MAX = 64 * 1024 };

static int refuse(struct session *session, const char *message)
{
	if (session->problem.code == ERROR_NONE)
		error_set(&session->problem, ERROR_REFUSED, "%s", message);
	return GIT_EAUTH;
}

static void password_cleanup(char **password)
{
	if (*password)
		explicit_bzero(*password, strlen(*password));
	free(*password);
}

static int use_password(git_credential **out, const char *user_from_url, struct session *session)
{
	const struct remote_settings *settings = &session->request->settings;
	const char *user = settings->https_username ? settings->https_username : user_from_url;
	cleanup(password) char *password = NULL;
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	if (session->url.scheme != REMOTE_HTTPS)
		return refuse(session,
			      "the server asks for a password over plain http, where none is sent; use https");
	if (settings->https_password_file == NULL)
		return refuse(session,
			      "the server asks for a user name and a password; set username and passwordFile "
			      "(a token goes into that file too)");
	if (session->credential_used)
		return refuse(session, "the server refuses the user name or the password in passwordFile");
	session->credential_used = true;
	if (!file_read(settings->https_password_file, PASSWORD_MAX, &text, &session->problem)) {
		error_wrap(&session->problem, "the password file");
		return GIT_EAUTH;
	}
	password = buffer_steal(&text);
	password[strcspn(password, "\r\n")] = '\0';
	return git_credential_userpass_plaintext_new(out, user ? user : SSH_USER, password);
}

static int use_key(git_credential **out, const char *user, struct session *session)
{
	const char *file = session->request->settings.ssh_key_file;

	if (file == NULL)
		return refuse(session, "the server asks for an ssh key; set keyFile");
	if (session->credential_used)
		return refuse(session,
			      "the server refuses the ssh key in keyFile: the key is not allowed there, it has "
			      "a passphrase, or it is RSA, which libssh2 1.10 can only use with SHA-1; "
			      "an ed25519 key without a passphrase works everywhere");
	session->credential_used = true;
	if (access(file, R_OK) != 0) {
		error_system(&session->problem, errno, "the ssh key file %s", file);
		return GIT_EAUTH;
	}
	return git_credential_ssh_key_new(out, user, NULL, file, NULL);
}

int credentials_acquire(git_credential **out, const char *url, const char *user_from_url, unsigned int allowed,
			void *payload)
{
	struct session *session = payload;
	const char *user = user_from_url ? user_from_url : SSH_USER;

	(void)url;
	if (allowed & GIT_CREDENTIAL_USERNAME)
		return git_credential_username_new(out, user);
	if (session->url.scheme == REMOTE_SSH) {
		if (allowed & GIT_CREDENTIAL_SSH_KEY)
			return use_key(out, user, session);
		return refuse(session, "the server takes no ssh keys, and labsync offers nothing else");
	}
	if (allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT)
		return use_password(out, user_from_url, session);
	return refuse(session, "the server asks for a kind of proof that labsync does not speak");
}
