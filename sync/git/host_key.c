#include "sync/git/host_key.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/text.h"
#include "sync/git/known_hosts.h"

enum { PRIVATE_FOLDER = 0700 };

static char *known_hosts_path_new(const struct remote_settings *settings, struct error *err)
{
	const char *home = getenv("HOME");

	if (settings->ssh_known_hosts_file)
		return string_copy(settings->ssh_known_hosts_file);
	if (home && *home)
		return string_format("%s/.ssh/known_hosts", home);
	error_set(err, ERROR_INVALID, "there is no home directory to find known_hosts in; set knownHostsFile");
	return NULL;
}

static bool make_folder(const char *path, struct error *err)
{
	if (mkdir(path, PRIVATE_FOLDER) == 0 || errno == EEXIST)
		return true;
	return error_system(err, errno, "the folder %s", path);
}

static bool write_file(const char *path, const char *text, struct error *err)
{
	FILE *stream = fopen(path, "we");
	bool written;

	if (stream == NULL)
		return error_system(err, errno, "%s", path);
	written = fputs(text, stream) >= 0;
	if (fclose(stream) != 0 || !written)
		return error_system(err, errno, "%s", path);
	return true;
}

/* libgit2 1.5 looks only into $HOME/.ssh/known_hosts, gives up on lines that it does not know, and
 * takes from there which kind of key to ask the server for. So it gets a home with the one line
 * that matters. Whether the key is right is decided in host_key_check(), by the whole file. */
static bool make_home(const char *directory, const char *line, struct error *err)
{
	cleanup(free) char *home = string_format("%s/labsync", directory);
	cleanup(free) char *folder = string_format("%s/.ssh", home);
	cleanup(free) char *file = string_format("%s/known_hosts", folder);

	if (!make_folder(home, err) || !make_folder(folder, err) || !write_file(file, line, err))
		return false;
	if (setenv("HOME", home, 1) != 0)
		return error_system(err, errno, "HOME");
	return true;
}

bool host_key_prepare(struct session *session, struct error *err)
{
	const struct remote_settings *settings = &session->request->settings;
	const struct remote_url *url = &session->url;
	cleanup(free) char *line = NULL;

	session->known_hosts_path = known_hosts_path_new(settings, err);
	if (session->known_hosts_path == NULL)
		return false;
	session->known_hosts = known_hosts_read_new(session->known_hosts_path, err);
	if (session->known_hosts == NULL) {
		if (err->code == ERROR_NOT_FOUND) {
			error_wrap(err,
				   "the host key of %s cannot be checked; "
				   "make the file with \"ssh-keyscan -p %d %s\" and compare the fingerprint",
				   url->host, url->port, url->host);
			err->code = ERROR_REFUSED;
		}
		return false;
	}
	line = known_hosts_line_new(session->known_hosts, url->host, url->port);
	return make_home(settings->directory, line ? line : "", err);
}

/* "SHA256:..." as ssh-keygen -l prints it. */
static char *fingerprint_new(const git_cert_hostkey *key)
{
	uint8_t digest[SHA256_SIZE];
	cleanup(free) char *text = NULL;

	sha256(key->hostkey, key->hostkey_len, digest);
	text = base64_new(digest, sizeof(digest));
	text[strcspn(text, "=")] = '\0';
	return string_format("SHA256:%s", text);
}

static int refuse_key(struct session *session, enum known_hosts_verdict verdict, const char *fingerprint)
{
	const struct remote_url *url = &session->url;
	const char *file = session->known_hosts_path;

	if (verdict == KNOWN_HOSTS_REVOKED)
		error_set(&session->problem, ERROR_REFUSED, "the host key of %s (%s) is marked @revoked in %s",
			  url->host, fingerprint, file);
	else if (verdict == KNOWN_HOSTS_CHANGED)
		error_set(&session->problem, ERROR_REFUSED,
			  "the host key of %s port %d (%s) is not the one in %s: somebody may be in between, or the "
			  "server has a new key; ask who runs it, then replace the line",
			  url->host, url->port, fingerprint, file);
	else
		error_set(&session->problem, ERROR_REFUSED,
			  "the host key of %s port %d (%s) is not in %s; compare the fingerprint with the one that "
			  "the server's owner gives, then add the output of \"ssh-keyscan -p %d %s\" to that file",
			  url->host, url->port, fingerprint, file, url->port, url->host);
	return GIT_ECERTIFICATE;
}

int host_key_check(git_cert *certificate, int valid, const char *host, void *payload)
{
	struct session *session = payload;
	const git_cert_hostkey *key = (const git_cert_hostkey *)certificate;
	enum known_hosts_verdict verdict;
	cleanup(free) char *fingerprint = NULL;

	(void)valid;
	(void)host;
	if (session->url.scheme != REMOTE_SSH)
		return GIT_PASSTHROUGH; /* libgit2's own verdict on an https certificate stands */
	if (certificate->cert_type != GIT_CERT_HOSTKEY_LIBSSH2 || !(key->type & GIT_CERT_SSH_RAW)) {
		error_set(&session->problem, ERROR_REFUSED, "%s shows no host key that can be compared", host);
		return GIT_ECERTIFICATE;
	}
	verdict = known_hosts_check(session->known_hosts, session->url.host, session->url.port,
				    (const uint8_t *)key->hostkey, key->hostkey_len);
	if (verdict == KNOWN_HOSTS_KNOWN)
		return 0;
	fingerprint = fingerprint_new(key);
	return refuse_key(session, verdict, fingerprint);
}
