#include "sync/git/session.h"

#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/text.h"
#include "sync/git/credentials.h"
#include "sync/git/host_key.h"

enum { OBJECTS_MAX = 10 * 1000 * 1000 };

static const size_t RECEIVED_MAX = (size_t)2 * 1024 * 1024 * 1024;

/* A path that holds a colon would be taken for user@host:path, so a local one always goes by file://. */
static char *libgit2_url_new(const struct session *session)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	if (session->url.scheme != REMOTE_LOCAL)
		return string_copy(session->request->settings.url);
	buffer_append_text(&text, "file://");
	for (const char *c = session->url.path; *c; c++)
		if (*c == '%')
			buffer_append_text(&text, "%25");
		else
			buffer_append_char(&text, *c);
	return buffer_steal(&text);
}

static bool use_authority(const char *file, struct error *err)
{
	int result;

	if (file == NULL)
		return true;
	if (access(file, R_OK) != 0)
		return error_set(err, ERROR_NOT_FOUND, "the file of certificate authorities %s cannot be read", file);
	result = git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, file, NULL);
	if (result < 0)
		return libgit2_error(err, result, "the file of certificate authorities %s", file);
	return true;
}

bool session_open(struct session *session, const struct helper_request *request, struct error *err)
{
	cleanup(free) char *url = NULL;
	int result;

	*session = (struct session){ .request = request };
	if (!remote_url_parse(request->settings.url, &session->url, err))
		return false;
	session->repository = repository_open(request->settings.directory, err);
	if (session->repository == NULL)
		return false;
	if (session->url.scheme == REMOTE_SSH && !host_key_prepare(session, err))
		return false;
	if (session->url.scheme == REMOTE_HTTPS && !use_authority(request->settings.https_ca_file, err))
		return false;
	url = libgit2_url_new(session);
	result = git_remote_create_anonymous(&session->remote, session->repository->git, url);
	if (result < 0)
		return libgit2_error(err, result, "the remote %s", request->settings.url);
	return true;
}

void session_close(struct session *session)
{
	git_remote_free(session->remote);
	repository_close(session->repository);
	remote_url_deinit(&session->url);
	free(session->known_hosts_path);
	free(session->known_hosts);
	free(session->rejection);
	error_deinit(&session->problem);
}

static int on_progress(const git_indexer_progress *progress, void *payload)
{
	struct session *session = payload;

	if (progress->received_bytes > RECEIVED_MAX)
		error_set(&session->problem, ERROR_LIMIT, "the remote sends more than 2 GiB");
	else if (progress->total_objects > OBJECTS_MAX)
		error_set(&session->problem, ERROR_LIMIT, "the remote sends more than %d objects", OBJECTS_MAX);
	return session->problem.code == ERROR_LIMIT ? GIT_EUSER : 0;
}

static int on_reference_pushed(const char *reference, const char *status, void *payload)
{
	struct session *session = payload;

	(void)reference;
	free(session->rejection);
	session->rejection = status ? text_printable(status, TEXT_ONE_LINE) : NULL;
	return 0;
}

static void set_callbacks(struct session *session, git_remote_callbacks *callbacks)
{
	callbacks->credentials = credentials_acquire;
	callbacks->certificate_check = host_key_check;
	callbacks->transfer_progress = on_progress;
	callbacks->push_update_reference = on_reference_pushed;
	callbacks->payload = session;
}

bool session_connect(struct session *session, git_direction direction, struct error *err)
{
	git_remote_connect_options options;
	int result;

	git_remote_connect_options_init(&options, GIT_REMOTE_CONNECT_OPTIONS_VERSION);
	set_callbacks(session, &options.callbacks);
	options.proxy_opts.type = GIT_PROXY_AUTO;
	options.follow_redirects = GIT_REMOTE_REDIRECT_NONE; /* to another host; it would see the password */
	session->credential_used = false;
	git_remote_disconnect(session->remote);
	git_error_clear();
	result = git_remote_connect_ext(session->remote, direction, &options);
	return result == 0 || session_error(session, result, err);
}

bool session_find(struct session *session, const char *reference, git_oid *id)
{
	const git_remote_head **heads;
	size_t count;

	if (git_remote_ls(&heads, &count, session->remote) < 0)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(heads[i]->name, reference) != 0)
			continue;
		git_oid_cpy(id, &heads[i]->oid);
		return true;
	}
	return false;
}

bool session_download(struct session *session, char **refspecs, size_t count, struct error *err)
{
	git_strarray list = { .strings = refspecs, .count = count };
	git_fetch_options options;
	int result;

	git_fetch_options_init(&options, GIT_FETCH_OPTIONS_VERSION);
	set_callbacks(session, &options.callbacks);
	options.proxy_opts.type = GIT_PROXY_AUTO;
	options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
	options.prune = GIT_FETCH_NO_PRUNE;
	options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
	options.update_fetchhead = 0;
	session->credential_used = false; /* http asks once a connection */
	git_error_clear();
	result = git_remote_download(session->remote, &list, &options);
	return result == 0 || session_error(session, result, err);
}

bool session_upload(struct session *session, char *refspec, struct error *err)
{
	git_strarray list = { .strings = &refspec, .count = 1 };
	git_push_options options;
	int result;

	git_push_options_init(&options, GIT_PUSH_OPTIONS_VERSION);
	set_callbacks(session, &options.callbacks);
	options.proxy_opts.type = GIT_PROXY_AUTO;
	options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
	session->credential_used = false;
	free(steal(&session->rejection));
	git_error_clear();
	result = git_remote_upload(session->remote, &list, &options);
	if (result == GIT_ENONFASTFORWARD) {
		session->rejection = string_copy("not a fast-forward");
		return true;
	}
	return result == 0 || session_error(session, result, err);
}
